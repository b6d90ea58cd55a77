#include "gateway/haproxy/ports.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <sstream>
#include <string>
#include <vector>

#include "descriptor/descriptor.h"

namespace everseal::gateway::haproxy {
namespace {

// Where somebody listens. `address` is as the network has it; empty: at all addresses.
struct Place {
  int family = AF_INET;
  std::string address;
  unsigned port = 0;
};

// Of an address without brackets, or "*".
Place place_of(const std::string& address, unsigned port) {
  std::array<char, sizeof(in6_addr)> octets{};
  std::size_t length = 0;
  const bool is_six = inet_pton(AF_INET6, address.c_str(), octets.data()) == 1;
  if (is_six) length = sizeof(in6_addr);
  if (!is_six && inet_pton(AF_INET, address.c_str(), octets.data()) == 1) length = sizeof(in_addr);
  std::string number(octets.data(), length);
  if (number.find_first_not_of('\0') == std::string::npos) number.clear();
  return {.family = is_six ? AF_INET6 : AF_INET, .address = number, .port = port};
}

// "  bind [2001:db8::1]:80 ssl ...".
std::vector<Place> places_in(std::string_view text) {
  std::vector<Place> places;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string word;
    std::string where;
    if (!(words >> word >> where) || word != "bind") continue;
    const auto colon = where.rfind(':');
    const auto digits = where.substr(colon + 1);
    unsigned port = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), port);
    const bool is_six = where.starts_with("[");
    places.push_back(place_of(is_six ? where.substr(1, colon - 2) : where.substr(0, colon), port));
  }
  return places;
}

// Whether one keeps the other from listening.
bool overlap(const Place& one, const Place& other) {
  return one.port == other.port &&
         (one.address.empty() || other.address.empty() || one.address == other.address);
}

// Whether nobody has it: 0, or an errno.
int listen_at(const Place& place) {
  sockaddr_in four{};
  sockaddr_in6 six{};
  four.sin_family = AF_INET;
  six.sin6_family = AF_INET6;
  four.sin_port = six.sin6_port = htons(static_cast<std::uint16_t>(place.port));
  const bool is_six = place.family == AF_INET6;
  void* const number = is_six ? static_cast<void*>(&six.sin6_addr) : &four.sin_addr;
  std::memcpy(number, place.address.data(), place.address.size());
  const auto* const address =
      is_six ? reinterpret_cast<const sockaddr*>(&six) : reinterpret_cast<const sockaddr*>(&four);
  const socklen_t length = is_six ? sizeof six : sizeof four;
  const Descriptor socket(::socket(place.family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int on = 1;
  setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const bool can = bind(socket.number(), address, length) == 0 && listen(socket.number(), 1) == 0;
  return can ? 0 : errno;
}

// An old worker may be about to give it up.
int listen_soon_at(const Place& place) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(500);
  for (;;) {
    const int error = listen_at(place);
    if (error != EADDRINUSE || std::chrono::steady_clock::now() > deadline) return error;
    poll(nullptr, 0, 10);
  }
}

}  // namespace

Outcome check_new_ports(const State& desired, std::string_view configuration_in_force) {
  const auto known = places_in(configuration_in_force);
  for (const auto& balancer : desired.load_balancers) {
    for (const auto& listener : balancer.listeners) {
      const auto place = place_of(listener.address, listener.port);
      if (std::ranges::any_of(known, [&](const auto& each) { return overlap(each, place); })) {
        continue;
      }
      const int error = listen_soon_at(place);
      if (error == 0) continue;
      return Fault::conflict(std::string("cannot bind socket (") + strerrordesc_np(error) +
                             ") for [" + listener.address + ":" + std::to_string(listener.port) +
                             "]");
    }
  }
  return {};
}

}  // namespace everseal::gateway::haproxy
