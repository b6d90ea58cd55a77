#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "descriptor/descriptor.h"
#include "result/result.h"

namespace everseal::lambda::runtime {

// Where a runtime finds the Runtime API, and functions this server, within a sandbox of its own
// network.
inline constexpr std::uint16_t runtime_api_port = 9001;
inline constexpr std::uint16_t endpoint_port = 4566;

// The same where a function has the network of this machine: ports of 127.0.0.1 that were free.
// Everybody on this machine reaches them, so the Runtime API hears only who knows the word, which
// stands first in the path; what comes to the server is signed.
struct Doors {
  Descriptor runtime_api;
  Descriptor endpoint;
  std::uint16_t runtime_api_port = 0;
  std::uint16_t endpoint_port = 0;
  std::string word;

  // Unavailable: no port is free.
  static Result<std::shared_ptr<const Doors>> open(std::string word);
};

// As AWS_LAMBDA_RUNTIME_API and AWS_ENDPOINT_URL say it. Null: a network of its own.
std::string runtime_api_address(const Doors* doors);
std::string endpoint_url(const Doors* doors);

}  // namespace everseal::lambda::runtime
