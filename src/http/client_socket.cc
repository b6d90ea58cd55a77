#include "http/client_socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <system_error>
#include <utility>

#include "http/name_lookup.h"

namespace everseal::http {
namespace {

Fault failed(std::string_view what) {
  return Fault::unavailable(std::string(what) + ": " + std::generic_category().message(errno));
}

Outcome wait_for(int descriptor, short event, ClientSocket::Deadline deadline) {
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    pollfd waiting{.fd = descriptor, .events = event, .revents = 0};
    const int ready = poll(&waiting, 1, static_cast<int>(std::max<long>(left.count(), 0)));
    if (ready > 0) return {};
    if (ready == 0) return Fault::unavailable("the server did not answer in time");
    if (errno != EINTR) return failed("poll");
  }
}

bool must_wait() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

Outcome connect_to(int descriptor, const addrinfo& address, ClientSocket::Deadline deadline) {
  if (connect(descriptor, address.ai_addr, address.ai_addrlen) == 0) return {};
  if (errno != EINPROGRESS) return failed("connect");
  if (const auto ready = wait_for(descriptor, POLLOUT, deadline); !ready) return ready;
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
  errno = error;
  return error == 0 ? Outcome{} : failed("connect");
}

// The first of so many addresses must leave time to the others.
ClientSocket::Deadline share_of(ClientSocket::Deadline deadline, std::ptrdiff_t addresses) {
  const auto now = std::chrono::steady_clock::now();
  return now + std::max(deadline - now, ClientSocket::Deadline::duration(0)) / addresses;
}

std::ptrdiff_t count_from(const addrinfo* at) {
  std::ptrdiff_t count = 0;
  for (; at != nullptr; at = at->ai_next) ++count;
  return count;
}

}  // namespace

Result<ClientSocket> ClientSocket::connect(const std::string& host, std::uint16_t port,
                                           Deadline deadline, const AddressRule& may_reach) {
  const auto addresses = look_up(host, port, deadline);
  if (!addresses) return addresses.error();
  Fault last = Fault::unavailable(host + " has no address");
  for (const auto* at = addresses->get(); at != nullptr; at = at->ai_next) {
    if (may_reach && !may_reach(*at->ai_addr)) {
      last = Fault::unavailable(host + " has an address that must not be connected to");
      continue;
    }
    const int descriptor = ::socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return failed("socket");
    ClientSocket socket{descriptor};
    const auto connected = connect_to(descriptor, *at, share_of(deadline, count_from(at)));
    if (!connected) {
      last = connected.error();
      continue;
    }
    const int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
  }
  return last;
}

ClientSocket::ClientSocket(ClientSocket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

ClientSocket& ClientSocket::operator=(ClientSocket&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

ClientSocket::~ClientSocket() {
  if (descriptor_ >= 0) close(descriptor_);
}

Outcome ClientSocket::send(std::string_view octets, Deadline deadline) {
  while (!octets.empty()) {
    const auto sent = ::send(descriptor_, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      octets.remove_prefix(static_cast<std::size_t>(sent));
      continue;
    }
    if (!must_wait()) return failed("send");
    if (const auto ready = wait_for(descriptor_, POLLOUT, deadline); !ready) return ready;
  }
  return {};
}

Result<std::size_t> ClientSocket::receive(std::span<char> space, Deadline deadline) {
  for (;;) {
    const auto count = recv(descriptor_, space.data(), space.size(), 0);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (!must_wait()) return failed("receive");
    if (const auto ready = wait_for(descriptor_, POLLIN, deadline); !ready) return ready.error();
  }
}

void ClientSocket::end_sending() { shutdown(descriptor_, SHUT_WR); }

}  // namespace everseal::http
