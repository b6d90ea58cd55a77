#include "services/lambda/sandbox/control.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace everseal::lambda::sandbox {
namespace {

constexpr std::size_t longest_packet = 128 << 10;
constexpr std::size_t most_sockets = 4;
constexpr std::string_view ready = "ready";
constexpr std::string_view watch = "watch";

Fault failed(std::string_view what) {
  return Fault::unavailable("sandbox " + std::string(what) + ": " + std::strerror(errno));
}

bool has_something(const Descriptor& socket, std::chrono::milliseconds within) {
  pollfd wanted{.fd = socket.number(), .events = POLLIN, .revents = 0};
  int found = 0;
  do {
    found = poll(&wanted, 1, static_cast<int>(within.count()));
  } while (found < 0 && errno == EINTR);
  return found > 0;
}

std::vector<Descriptor> descriptors_in(msghdr& message) {
  std::vector<Descriptor> received;
  for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr;
       part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int number = -1;
      std::memcpy(&number, CMSG_DATA(part) + i * sizeof(int), sizeof number);
      received.emplace_back(number);
    }
  }
  return received;
}

}  // namespace

Result<std::pair<Descriptor, Descriptor>> Control::pair() {
  std::array<int, 2> both{};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, both.data()) != 0) {
    return failed("socketpair");
  }
  return std::pair(Descriptor(both[0]), Descriptor(both[1]));
}

Outcome Control::send_orders(const Orders& orders) const {
  const auto text = orders.text();
  if (text.size() > longest_packet) return Fault::malformed("the orders of a sandbox are too long");
  if (::send(socket_.number(), text.data(), text.size(), MSG_NOSIGNAL) < 0) return failed("orders");
  return {};
}

Result<Orders> Control::receive_orders() const {
  std::string text(longest_packet, '\0');
  const auto size = recv(socket_.number(), text.data(), text.size(), 0);
  if (size < 0) return failed("orders");
  return Orders::parse(std::string_view(text).substr(0, static_cast<std::size_t>(size)));
}

Outcome Control::send(std::string_view word, const std::vector<int>& descriptors) const {
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * most_sockets)> space{};
  std::string text(word);
  iovec piece{.iov_base = text.data(), .iov_len = text.size()};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  if (!descriptors.empty()) {
    message.msg_control = space.data();
    message.msg_controllen = CMSG_SPACE(sizeof(int) * descriptors.size());
    cmsghdr* part = CMSG_FIRSTHDR(&message);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(sizeof(int) * descriptors.size());
    std::memcpy(CMSG_DATA(part), descriptors.data(), sizeof(int) * descriptors.size());
  }
  if (sendmsg(socket_.number(), &message, MSG_NOSIGNAL) < 0) return failed(word);
  return {};
}

Outcome Control::send_ready(const std::vector<Descriptor>& listening) const {
  std::vector<int> numbers;
  for (const auto& socket : listening) numbers.push_back(socket.number());
  return send(ready, numbers);
}

Outcome Control::send_watch(const Descriptor& asks) const { return send(watch, {asks.number()}); }

void Control::send_failure(std::string_view cause) const {
  ::send(socket_.number(), cause.data(), cause.size(), MSG_NOSIGNAL);
}

Result<Control::Packet> Control::receive(std::chrono::milliseconds within) const {
  if (!has_something(socket_, within)) return Fault::unavailable("the sandbox did not begin");
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * most_sockets)> space{};
  std::array<char, 1024> text{};
  iovec piece{.iov_base = text.data(), .iov_len = text.size()};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = space.data();
  message.msg_controllen = space.size();
  const auto size = recvmsg(socket_.number(), &message, MSG_CMSG_CLOEXEC);
  if (size < 0) return failed("recvmsg");
  if (size == 0) return Fault::unavailable("the sandbox ended before it began");
  return Packet{.text = std::string(text.data(), static_cast<std::size_t>(size)),
                .descriptors = descriptors_in(message)};
}

Result<std::vector<Descriptor>> Control::receive_ready(std::size_t count,
                                                       std::chrono::milliseconds within) const {
  auto packet = receive(within);
  if (!packet) return packet.error();
  if (packet->text != ready || packet->descriptors.size() != count) {
    return Fault::unavailable(packet->text);
  }
  return std::move(packet->descriptors);
}

Result<Descriptor> Control::receive_watch(std::chrono::milliseconds within) const {
  auto packet = receive(within);
  if (!packet) return packet.error();
  if (packet->text != watch || packet->descriptors.size() != 1) {
    return Fault::malformed(packet->text);
  }
  return std::move(packet->descriptors.front());
}

std::string Control::failure(std::chrono::milliseconds within) const {
  std::array<char, 1024> text{};
  if (!has_something(socket_, within)) return {};
  const auto size = recv(socket_.number(), text.data(), text.size(), MSG_DONTWAIT);
  return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : std::string();
}

}  // namespace everseal::lambda::sandbox
