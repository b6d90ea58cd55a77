#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "http/address_rule.h"
#include "result/result.h"

namespace everseal::http {

// A connected TCP socket that waits, but not longer than a deadline. Faults are of kind
// Unavailable.
class ClientSocket {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  // Tries each address of the host in turn that the rule lets it try.
  static Result<ClientSocket> connect(const std::string& host, std::uint16_t port,
                                      Deadline deadline, const AddressRule& may_reach = {});
  ClientSocket(ClientSocket&& other) noexcept;
  ClientSocket& operator=(ClientSocket&& other) noexcept;
  ~ClientSocket();

  Outcome send(std::string_view octets, Deadline deadline);
  // How much of the space was filled; 0: the other side has ended.
  Result<std::size_t> receive(std::span<char> space, Deadline deadline);
  // Sends no more; still receives.
  void end_sending();

 private:
  explicit ClientSocket(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace everseal::http
