#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "descriptor/descriptor.h"
#include "result/result.h"
#include "services/lambda/sandbox/orders.h"

namespace everseal::lambda::sandbox {

// One end of the socket between the server and the first process of a sandbox. Packets, each whole.
class Control {
 public:
  explicit Control(Descriptor socket) : socket_(std::move(socket)) {}
  // Both ends; neither survives execve.
  static Result<std::pair<Descriptor, Descriptor>> pair();

  // Of the server.
  Outcome send_orders(const Orders& orders) const;
  // The sockets that listen within, in the order of the ports. Unavailable: it failed, with what it
  // said; or nothing came in time.
  Result<std::vector<Descriptor>> receive_ready(std::size_t count,
                                                std::chrono::milliseconds within) const;
  // What asks about the calls of a function that is watched. Malformed: what kept it from
  // beginning.
  Result<Descriptor> receive_watch(std::chrono::milliseconds within) const;
  // Once it is ready, nothing follows but what kept it from becoming the runtime.
  std::string failure(std::chrono::milliseconds within) const;

  // Of the first process.
  Result<Orders> receive_orders() const;
  Outcome send_ready(const std::vector<Descriptor>& listening) const;
  Outcome send_watch(const Descriptor& asks) const;
  void send_failure(std::string_view cause) const;

 private:
  struct Packet {
    std::string text;
    std::vector<Descriptor> descriptors;
  };
  Outcome send(std::string_view word, const std::vector<int>& descriptors) const;
  Result<Packet> receive(std::chrono::milliseconds within) const;

  Descriptor socket_;
};

}  // namespace everseal::lambda::sandbox
