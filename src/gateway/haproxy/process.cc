#include "gateway/haproxy/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "encoding/ascii.h"
#include "gateway/haproxy/folder.h"
#include "gateway/haproxy/log_format.h"

namespace everseal::gateway::haproxy {
namespace {

constexpr int cannot_begin = 126;

std::vector<char*> words_of(std::vector<std::string>& words) {
  std::vector<char*> all;
  all.reserve(words.size() + 1);
  for (auto& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

struct Ends {
  Descriptor mine;
  Descriptor its;
};

Result<Ends> make_pipe() {
  int ends[2] = {-1, -1};
  if (pipe2(ends, O_CLOEXEC) != 0) return Fault::unavailable("a pipe: no more files");
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return Ends{Descriptor(ends[0]), Descriptor(ends[1])};
}

// What one end is told, the other hears, or that the one is closed.
Result<Ends> make_starting_line() {
  int ends[2] = {-1, -1};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    return Fault::unavailable("a socket: no more files");
  }
  return Ends{Descriptor(ends[0]), Descriptor(ends[1])};
}

Result<Ends> open_output(const std::filesystem::path& path) {
  if (path.empty()) return make_pipe();
  constexpr int how = O_WRONLY | O_APPEND | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC;
  Descriptor file(::open(path.c_str(), how, 0600));
  if (!file.is_open()) return Fault::unavailable(path.string() + ": " + strerrordesc_np(errno));
  return Ends{{}, std::move(file)};
}

// All that the child needs, made before it is: between fork and exec nothing may be called that
// takes a lock.
struct Child {
  char* const* command;
  char* const* environment;
  int output;
  rlim_t most_output;  // 0: any
  bool outlives;
  int log;  // -1: none
  const Ends& starting_line;
};

void take_defaults(const Child& child) {
  setsid();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGUSR1, SIGUSR2}) {
    ::signal(number, SIG_DFL);
  }
  if (!child.outlives) prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (child.most_output == 0) return;
  ::signal(SIGXFSZ, SIG_IGN);  // so that writing fails, and nothing else
  const rlimit most{child.most_output, child.most_output};
  setrlimit(RLIMIT_FSIZE, &most);
}

[[noreturn]] void become(const Child& child) {
  take_defaults(child);
  // Whoever is killed before its number is written begins nothing.
  close(child.starting_line.mine.number());
  char go = 0;
  if (read(child.starting_line.its.number(), &go, 1) != 1) _exit(cannot_begin);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(child.output, STDOUT_FILENO) < 0 ||
      dup2(child.output, STDERR_FILENO) < 0) {
    _exit(cannot_begin);
  }
  close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
  if (child.log == log_descriptor) fcntl(child.log, F_SETFD, 0);
  if (child.log >= 0 && child.log != log_descriptor && dup2(child.log, log_descriptor) < 0) {
    _exit(cannot_begin);
  }
  if (chdir("/") == 0) execve(child.command[0], child.command, child.environment);
  _exit(cannot_begin);
}

std::string told(const siginfo_t& end) {
  if (end.si_code == CLD_EXITED) return "exit status: " + std::to_string(end.si_status);
  const char* name = sigdescr_np(end.si_status);
  return "signal: " + encoding::lower_case(name == nullptr ? "unknown" : name);
}

}  // namespace

Result<Process> Process::begin(const Order& order) {
  if (access(order.command.front().c_str(), X_OK) != 0) {
    return Fault::unavailable("cannot run " + order.command.front() + ": " +
                              strerrordesc_np(errno));
  }
  auto output = open_output(order.output_file);
  if (!output) return output.error();
  auto starting_line = make_starting_line();
  if (!starting_line) return starting_line.error();
  auto words = order.command;
  auto variables = order.environment;
  const auto arguments = words_of(words);
  const auto settings = words_of(variables);
  const Child child{.command = arguments.data(),
                    .environment = settings.data(),
                    .output = output->its.number(),
                    .most_output = order.most_output,
                    .outlives = order.outlives,
                    .log = order.log == nullptr ? -1 : order.log->number(),
                    .starting_line = *starting_line};
  const pid_t id = fork();
  if (id == 0) become(child);
  if (id < 0) return Fault::unavailable(std::string("fork: ") + strerrordesc_np(errno));
  auto process = find(id);
  if (!process) {
    starting_line->mine.close();  // it ends by itself
    waitpid(id, nullptr, 0);
    return Fault::unavailable("pidfd_open failed");
  }
  process->is_ours_ = true;
  process->output_ = std::move(output->mine);
  if (!order.id_file.empty()) {
    if (const auto written = write_file(order.id_file, std::to_string(id) + "\n"); !written) {
      return written.error();
    }
  }
  send(starting_line->mine.number(), "!", 1, MSG_NOSIGNAL);
  return *std::move(process);
}

std::optional<Process> Process::find(pid_t id) {
  Process process;
  process.id_ = id;
  process.watch_ = Descriptor(static_cast<int>(syscall(SYS_pidfd_open, id, 0)));
  if (!process.watch_.is_open()) return std::nullopt;
  return process;
}

Process::~Process() {
  if (!watch_.is_open() || !is_ours_ || ended_) return;
  signal(SIGKILL);
  ending();
}

std::string Process::read(std::size_t most) const {
  std::string all;
  std::array<char, 4096> portion{};
  while (all.size() < most) {
    const auto count = ::read(output_.number(), portion.data(), portion.size());
    if (count <= 0) break;
    all.append(portion.data(), static_cast<std::size_t>(count));
  }
  return all;
}

void Process::signal(int number) const {
  syscall(SYS_pidfd_send_signal, watch_.number(), number, nullptr, 0);
}

bool Process::ends_within(std::chrono::milliseconds patience) const {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd over{watch_.number(), POLLIN, 0};
    const int ready = poll(&over, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
    if (ready >= 0 || errno != EINTR) return ready > 0;
  }
}

std::string Process::ending() {
  if (ended_) return *ended_;
  while (!ends_within(std::chrono::hours(1))) {
  }
  siginfo_t end{};
  const auto number = static_cast<id_t>(watch_.number());
  const bool is_child = waitid(P_PIDFD, number, &end, WEXITED) == 0;
  ended_ = is_child ? told(end) : "gone";
  return *ended_;
}

Result<std::string> run(const std::vector<std::string>& command,
                        std::chrono::milliseconds patience) {
  constexpr std::size_t most = 64 * 1024;
  auto process = Process::begin({.command = command});
  if (!process) return process.error();
  const auto deadline = std::chrono::steady_clock::now() + patience;
  std::string said;
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    std::array<pollfd, 2> asked{
        {{process->watch().number(), POLLIN, 0}, {process->output().number(), POLLIN, 0}}};
    if (left.count() <= 0) return Fault::unavailable(command.front() + " does not end");
    poll(asked.data(), said.size() < most ? 2 : 1, static_cast<int>(left.count()));
    said += process->read(most);
    if (asked[0].revents == 0) continue;
    const auto ending = process->ending();
    if (ending == "exit status: 0") return said;
    return Fault::malformed(ending + ": " + said);
  }
}

}  // namespace everseal::gateway::haproxy
