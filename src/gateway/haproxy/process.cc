#include "gateway/haproxy/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "encoding/ascii.h"

namespace everseal::gateway::haproxy {
namespace {

constexpr int cannot_begin = 126;

std::vector<char*> words_of(std::vector<std::string>& words) {
  std::vector<char*> all;
  for (auto& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

// Between fork and exec nothing may be called that takes a lock.
[[noreturn]] void become(char* const* command, char* const* environment, int output, pid_t parent) {
  setsid();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGUSR1, SIGUSR2}) {
    ::signal(number, SIG_DFL);
  }
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(cannot_begin);  // the parent had ended before
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 ||
      dup2(output, STDERR_FILENO) < 0) {
    _exit(cannot_begin);
  }
  close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
  if (chdir("/") == 0) execve(command[0], command, environment);
  _exit(cannot_begin);
}

Result<std::pair<Descriptor, Descriptor>> make_pipe() {
  int ends[2] = {-1, -1};
  if (pipe2(ends, O_CLOEXEC) != 0) return Fault::unavailable("a pipe: no more files");
  std::pair<Descriptor, Descriptor> both{Descriptor(ends[0]), Descriptor(ends[1])};
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return both;
}

std::string told(int status) {
  if (!WIFSIGNALED(status)) return "exit status: " + std::to_string(WEXITSTATUS(status));
  const char* name = sigdescr_np(WTERMSIG(status));
  return "signal: " + encoding::lower_case(name == nullptr ? "unknown" : name);
}

}  // namespace

Result<Process> Process::begin(const std::vector<std::string>& command,
                               const std::vector<std::string>& environment) {
  if (access(command.front().c_str(), X_OK) != 0) {
    return Fault::unavailable("cannot run " + command.front() + ": " + strerrordesc_np(errno));
  }
  auto ends = make_pipe();
  if (!ends) return ends.error();
  auto words = command;
  auto variables = environment;
  const auto arguments = words_of(words);
  const auto settings = words_of(variables);
  const pid_t parent = getpid();
  Process process;
  process.id_ = fork();
  if (process.id_ == 0) become(arguments.data(), settings.data(), ends->second.number(), parent);
  if (process.id_ < 0) {
    process.id_ = 0;
    return Fault::unavailable(std::string("fork: ") + strerrordesc_np(errno));
  }
  process.output_ = std::move(ends->first);
  process.watch_ = Descriptor(static_cast<int>(syscall(SYS_pidfd_open, process.id_, 0)));
  if (!process.watch_.is_open()) return Fault::unavailable("pidfd_open failed");
  return process;
}

Process::~Process() {
  if (!watch_.is_open() || ended_) return;
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
  if (!ended_) ::kill(id_, number);
}

std::string Process::ending() {
  if (ended_) return *ended_;
  int status = 0;
  while (waitpid(id_, &status, 0) < 0 && errno == EINTR) {
  }
  ended_ = told(status);
  return *ended_;
}

Result<std::string> run(const std::vector<std::string>& command,
                        std::chrono::milliseconds patience) {
  constexpr std::size_t most = 64 * 1024;
  auto process = Process::begin(command, {});
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
