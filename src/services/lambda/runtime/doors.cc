#include "services/lambda/runtime/doors.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace everseal::lambda::runtime {
namespace {

constexpr int connections_that_wait = 128;

Fault no_door() { return Fault::unavailable(std::string("127.0.0.1: ") + std::strerror(errno)); }

Result<Descriptor> listen_somewhere() {
  Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (!socket.is_open() ||
      bind(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      listen(socket.number(), connections_that_wait) != 0) {
    return no_door();
  }
  return socket;
}

std::uint16_t port_of(const Descriptor& socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(socket.number(), reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

std::string on_loopback(std::uint16_t port) { return "127.0.0.1:" + std::to_string(port); }

}  // namespace

Result<std::shared_ptr<const Doors>> Doors::open(std::string word) {
  auto doors = std::make_shared<Doors>();
  for (auto* door : {&doors->runtime_api, &doors->endpoint}) {
    auto listening = listen_somewhere();
    if (!listening) return listening.error();
    *door = *std::move(listening);
  }
  doors->runtime_api_port = port_of(doors->runtime_api);
  doors->endpoint_port = port_of(doors->endpoint);
  doors->word = std::move(word);
  return std::shared_ptr<const Doors>(std::move(doors));
}

std::string runtime_api_address(const Doors* doors) {
  return doors == nullptr ? on_loopback(runtime_api_port)
                          : on_loopback(doors->runtime_api_port) + "/" + doors->word;
}

std::string endpoint_url(const Doors* doors) {
  return "http://" + on_loopback(doors == nullptr ? endpoint_port : doors->endpoint_port);
}

}  // namespace everseal::lambda::runtime
