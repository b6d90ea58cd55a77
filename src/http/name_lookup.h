#pragma once

#include <netdb.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "result/result.h"

namespace everseal::http {

struct FreeAddresses {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

using NameLookup = std::function<Result<Addresses>(const std::string& host, std::uint16_t port)>;

// As this system finds them: it may wait for name servers as long as its own settings say.
Result<Addresses> look_up(const std::string& host, std::uint16_t port);

// The addresses of a host, found by `lookup` in a thread of its own, which is waited for until the
// deadline and then left to end by itself. An address needs no thread. Unavailable: there is none,
// none was found in time, or as many threads as may be still wait.
Result<Addresses> look_up(
    const std::string& host, std::uint16_t port, std::chrono::steady_clock::time_point deadline,
    const NameLookup& lookup = [](const std::string& name, std::uint16_t number) {
      return look_up(name, number);
    });

}  // namespace everseal::http
