#include "gateway/haproxy/runtime_api.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <sstream>

#include "descriptor/descriptor.h"
#include "encoding/ascii.h"
#include "secret/secret.h"

namespace everseal::gateway::haproxy {
namespace {

using Deadline = std::chrono::steady_clock::time_point;

Fault no_answer(std::string_view what) {
  return Fault::unavailable("HAProxy's socket: " + std::string(what));
}
Fault no_answer_because_of_errno() { return no_answer(strerrordesc_np(errno)); }

Result<Descriptor> connect_to(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string text = path.string();
  if (text.size() >= sizeof address.sun_path) return Fault::malformed("too long: " + text);
  std::memcpy(address.sun_path, text.c_str(), text.size() + 1);
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  // Of a Unix socket it succeeds at once, or says that too many wait.
  if (!socket.is_open() ||
      connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return no_answer_because_of_errno();
  }
  return socket;
}

Outcome wait_for(const Descriptor& socket, short what, Deadline deadline) {
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd asked{.fd = socket.number(), .events = what, .revents = 0};
    const int ready = poll(&asked, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
    if (ready > 0) return {};
    if (ready == 0) return no_answer("no answer in time");
    if (errno != EINTR) return no_answer_because_of_errno();
  }
}

Outcome send_all(const Descriptor& socket, std::string_view words, Deadline deadline) {
  while (!words.empty()) {
    const auto sent = send(socket.number(), words.data(), words.size(), MSG_NOSIGNAL);
    if (sent > 0) {
      words.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN) {
      if (const auto ready = wait_for(socket, POLLOUT, deadline); !ready) return ready.error();
    } else if (errno != EINTR) {
      return no_answer_because_of_errno();
    }
  }
  // The master answers what it has and ends the connection.
  shutdown(socket.number(), SHUT_WR);
  return {};
}

Result<std::string> receive_all(const Descriptor& socket, Deadline deadline) {
  constexpr std::size_t most = 256 * 1024 * 1024;
  std::string answer;
  std::array<char, 64 * 1024> portion{};
  for (;;) {
    if (const auto ready = wait_for(socket, POLLIN, deadline); !ready) return ready.error();
    const auto count = recv(socket.number(), portion.data(), portion.size(), 0);
    if (count == 0) return answer;
    if (count < 0 && errno != EAGAIN && errno != EINTR) return no_answer_because_of_errno();
    if (count > 0) answer.append(portion.data(), static_cast<std::size_t>(count));
    if (answer.size() > most) return no_answer("an answer without end");
  }
}

// "[failed: 2]" of a line.
unsigned failures_in(std::string_view line) {
  constexpr std::string_view before = "[failed: ";
  const auto at = line.find(before);
  unsigned failures = 0;
  if (at == std::string_view::npos) return 0;
  const auto digits = line.substr(at + before.size());
  std::from_chars(digits.data(), digits.data() + digits.size(), failures);
  return failures;
}

}  // namespace

std::vector<pid_t> RuntimeApi::Processes::all() const {
  auto every = old;
  if (worker != 0) every.push_back(worker);
  return every;
}

// #<PID>          <type>          <reloads>       <uptime>        <version>
// 10072           master          1 [failed: 0]   0d00h00m08s     2.6.12
// # workers
// 10160           worker          0               0d00h00m02s     2.6.12
// # old workers
// 10074           worker          1               0d00h00m08s     2.6.12
Result<RuntimeApi::Processes> RuntimeApi::processes() const {
  const auto answer = exchange("show proc\n");
  if (!answer) return answer.error();
  Processes found;
  std::istringstream lines(*answer);
  bool is_old = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# old workers")) is_old = true;
    std::istringstream words(line);
    pid_t process = 0;
    std::string type;
    if (!(words >> process >> type)) continue;
    if (type == "master") {
      found.master = process;
      found.failed_reloads = failures_in(line);
    }
    if (type == "worker" && is_old) found.old.push_back(process);
    if (type == "worker" && !is_old) found.worker = process;
  }
  return found;
}

Result<std::string> RuntimeApi::ask(pid_t process, std::string_view command) const {
  return exchange("@!" + std::to_string(process) + " " + std::string(command) + "\n");
}

Result<std::string> RuntimeApi::ask(pid_t process, std::string_view command,
                                    std::string_view lines) const {
  const std::string before = "@!" + std::to_string(process) + " " + std::string(command) + " <<\n";
  const auto payload = encoding::trimmed(lines, "\n");
  constexpr std::string_view end = "\n\n";
  // It may hold a private key: one buffer that never moves, and is wiped.
  Bytes all;
  all.reserve(before.size() + payload.size() + end.size());
  for (const std::string_view part : {std::string_view(before), payload, end}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return exchange(SecretBytes(std::move(all)).reveal_text());
}

Result<std::string> RuntimeApi::exchange(std::string_view words) const {
  const auto deadline = std::chrono::steady_clock::now() + patience_;
  const auto socket = connect_to(socket_);
  if (!socket) return socket.error();
  if (const auto sent = send_all(*socket, words, deadline); !sent) return sent.error();
  const auto answer = receive_all(*socket, deadline);
  if (!answer) return answer.error();
  return std::string(encoding::trimmed(*answer, "\n"));
}

}  // namespace everseal::gateway::haproxy
