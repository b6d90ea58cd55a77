#include "services/lambda/sandbox/attempts.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>

#include "services/lambda/sandbox/paths.h"
#include "services/lambda/sandbox/processes.h"
#include "services/lambda/sandbox/system_calls.h"

namespace everseal::lambda::sandbox {
namespace {

namespace fs = std::filesystem;

// Homes, and who may become whom.
constexpr std::array<std::string_view, 4> private_places{"/root", "/home", "/etc/shadow",
                                                         "/etc/gshadow"};
// What a process has that is nobody else's; its name and its state are everybody's.
constexpr std::array<std::string_view, 8> private_parts{"root", "cwd",  "exe",       "environ",
                                                        "mem",  "maps", "map_files", "fd"};

std::string folder_of(std::uint32_t process) { return "/proc/" + std::to_string(process); }

// At most so many octets of a process's memory, as many as are there up to the end of a page.
std::string memory_of(std::uint32_t process, std::uint64_t address, std::size_t most) {
  constexpr std::size_t page = 4096;
  std::string octets;
  while (octets.size() < most) {
    const auto from = address + octets.size();
    const auto size = std::min<std::size_t>(most - octets.size(), page - from % page);
    std::string piece(size, '\0');
    iovec here{.iov_base = piece.data(), .iov_len = size};
    // An address of that process, which is a number here.
    iovec there{.iov_base = reinterpret_cast<void*>(from), .iov_len = size};  // NOLINT
    if (process_vm_readv(static_cast<pid_t>(process), &here, 1, &there, 1, 0) !=
        static_cast<ssize_t>(size)) {
      break;
    }
    octets += piece;
    if (piece.find('\0') != piece.npos) break;
  }
  return octets;
}

// The path as the process means it, without a dot.
fs::path path_of(const seccomp_notif& asked, int folder, std::uint64_t name) {
  constexpr std::size_t longest = 4096;
  const auto octets = memory_of(asked.pid, name, longest);
  fs::path path(octets.substr(0, octets.find('\0')));
  if (path.empty()) return path;
  if (path.is_relative()) {
    std::error_code ignored;
    const auto begins =
        folder_of(asked.pid) + (folder == AT_FDCWD ? "/cwd" : "/fd/" + std::to_string(folder));
    path = fs::read_symlink(begins, ignored) / path;
  }
  return path.lexically_normal();
}

// "/proc/7/environ" where there is no process 7, or it is the one that holds the sandbox.
bool is_of_another_process(const fs::path& path, const seccomp_notif& asked) {
  auto part = path.begin();
  if (std::distance(part, path.end()) < 3 || *++part != "proc") return false;
  const auto number = (++part)->string();
  if (number.find_first_not_of("0123456789") != number.npos) return false;
  if (number == "1") {
    return ++part != path.end() &&
           std::ranges::find(private_parts, part->string()) != private_parts.end();
  }
  std::error_code ignored;
  return !fs::exists(folder_of(asked.pid) + "/root/proc/" + number, ignored);
}

Verdict opening(const seccomp_notif& asked, const Bounds& bounds, int folder, std::uint64_t name) {
  const auto path = path_of(asked, folder, name);
  const auto holds = [&](const fs::path& secret) { return lies_in(path, secret); };
  if (is_of_another_process(path, asked)) return {.refusal = {{Attempt::Process, path.string()}}};
  if (std::ranges::any_of(bounds.hidden, holds) || std::ranges::any_of(private_places, holds)) {
    return {.refusal = {{Attempt::File, path.string()}}};
  }
  return {};
}

template <class Address>
std::optional<Address> address_in(std::string_view octets) {
  Address address{};
  if (octets.size() < sizeof address) return std::nullopt;
  std::memcpy(&address, octets.data(), sizeof address);
  return address;
}

// Where a socket address leads, unless that is this sandbox: "192.0.2.1:53", "[2001:db8::1]:53".
std::optional<std::string> outside(std::string_view octets) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const auto family = address_in<sa_family_t>(octets);
  if (family == AF_INET) {
    const auto address = address_in<sockaddr_in>(octets);
    constexpr std::uint32_t loopback = 127;
    if (!address || ntohl(address->sin_addr.s_addr) >> 24U == loopback) return std::nullopt;
    inet_ntop(AF_INET, &address->sin_addr, text.data(), text.size());
    return text.data() + (":" + std::to_string(ntohs(address->sin_port)));
  }
  if (family == AF_INET6) {
    const auto address = address_in<sockaddr_in6>(octets);
    if (!address || IN6_IS_ADDR_LOOPBACK(&address->sin6_addr)) return std::nullopt;
    inet_ntop(AF_INET6, &address->sin6_addr, text.data(), text.size());
    return "[" + std::string(text.data()) + "]:" + std::to_string(ntohs(address->sin6_port));
  }
  return std::nullopt;
}

// Its octets may be zero: memory is read as far as it goes, and no further.
Verdict reaching(const seccomp_notif& asked, const Bounds& bounds, std::uint64_t address,
                 std::uint64_t size) {
  if (bounds.network) return {};
  std::array<char, sizeof(sockaddr_in6)> octets{};
  const auto length = std::min<std::size_t>(size, octets.size());
  iovec here{.iov_base = octets.data(), .iov_len = length};
  iovec there{.iov_base = reinterpret_cast<void*>(address), .iov_len = length};  // NOLINT
  const auto read = process_vm_readv(static_cast<pid_t>(asked.pid), &here, 1, &there, 1, 0);
  if (read <= 0) return {};
  if (auto where = outside({octets.data(), static_cast<std::size_t>(read)})) {
    return {.refusal = {{Attempt::Network, *std::move(where)}}};
  }
  return {};
}

// One more; the kernel counts as well, but tells nobody.
Verdict multiplying(const Bounds& bounds) {
  if (threads_of(descendants_of(bounds.outermost)) < bounds.processes) return {};
  return {.error = EAGAIN,
          .refusal = {{Attempt::ProcessLimit,
                       std::to_string(bounds.processes) + " processes and threads"}}};
}

}  // namespace

Verdict judge(const seccomp_notif& asked, const Bounds& bounds) {
  const auto* arguments = asked.data.args;
  switch (asked.data.nr) {
    case SYS_openat:
    case SYS_openat2:
      return opening(asked, bounds, static_cast<int>(arguments[0]), arguments[1]);
    case SYS_connect:
      return reaching(asked, bounds, arguments[1], arguments[2]);
    case SYS_sendto:
      return reaching(asked, bounds, arguments[4], arguments[5]);
    case SYS_socket:
      // Whoever resolves names asks the kernel about its addresses first, and a cache of names, and
      // goes on without.
      if (bounds.network && (arguments[0] == AF_NETLINK || arguments[0] == AF_UNIX)) {
        return {.error = EAFNOSUPPORT};
      }
      return {
          .error = EAFNOSUPPORT,
          .refusal = {{Attempt::SystemCall, "socket of family " + std::to_string(arguments[0])}}};
    case SYS_clone:
      if (!asks_for_namespace(arguments[0])) return multiplying(bounds);
      return {.error = EPERM, .refusal = {{Attempt::SystemCall, "clone into a namespace"}}};
#if defined(__x86_64__)
    case SYS_open:
      return opening(asked, bounds, AT_FDCWD, arguments[0]);
    case SYS_fork:
    case SYS_vfork:
      return multiplying(bounds);
#endif
    default:
      return {.error = EPERM,
              .refusal = {{Attempt::SystemCall, std::string(forbidden_call(asked.data.nr))}}};
  }
}

std::string_view name_of(Attempt attempt) {
  switch (attempt) {
    case Attempt::File:
      return "file";
    case Attempt::Process:
      return "process";
    case Attempt::Network:
      return "network";
    case Attempt::SystemCall:
      return "system_call";
    case Attempt::ProcessLimit:
      return "process_limit";
    case Attempt::StorageLimit:
      return "storage_limit";
    case Attempt::MemoryLimit:
      return "memory_limit";
    case Attempt::TimeLimit:
      return "time_limit";
    case Attempt::Outliving:
      break;
  }
  return "outliving";
}

}  // namespace everseal::lambda::sandbox
