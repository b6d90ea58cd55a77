#include "gateway/haproxy/ports.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <set>
#include <sstream>

#include "descriptor/descriptor.h"

namespace everseal::gateway::haproxy {
namespace {

// "  bind [2001:db8::1]:80 ssl ...".
std::set<unsigned> ports_in(std::string_view text) {
  std::set<unsigned> ports;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string word;
    std::string address;
    if (!(words >> word >> address) || word != "bind") continue;
    const auto digits = address.substr(address.rfind(':') + 1);
    unsigned port = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), port);
    ports.insert(port);
  }
  return ports;
}

// Whether nobody has it: 0, or an errno.
int listen_at(const Listener& listener) {
  sockaddr_in four{};
  sockaddr_in6 six{};
  four.sin_family = AF_INET;
  six.sin6_family = AF_INET6;
  four.sin_port = six.sin6_port = htons(listener.port);
  const bool is_six = inet_pton(AF_INET6, listener.address.c_str(), &six.sin6_addr) == 1;
  if (!is_six) inet_pton(AF_INET, listener.address.c_str(), &four.sin_addr);  // "*": any
  const auto* const address =
      is_six ? reinterpret_cast<const sockaddr*>(&six) : reinterpret_cast<const sockaddr*>(&four);
  const socklen_t length = is_six ? sizeof six : sizeof four;
  const Descriptor socket(::socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int on = 1;
  setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const bool can = bind(socket.number(), address, length) == 0 && listen(socket.number(), 1) == 0;
  return can ? 0 : errno;
}

}  // namespace

Outcome check_new_ports(const State& desired, std::string_view configuration_in_force) {
  const auto known = ports_in(configuration_in_force);
  for (const auto& balancer : desired.load_balancers) {
    for (const auto& listener : balancer.listeners) {
      if (known.contains(listener.port)) continue;
      const int error = listen_at(listener);
      if (error == 0) continue;
      return Fault::conflict(std::string("cannot bind socket (") + strerrordesc_np(error) +
                             ") for [" + listener.address + ":" + std::to_string(listener.port) +
                             "]");
    }
  }
  return {};
}

}  // namespace everseal::gateway::haproxy
