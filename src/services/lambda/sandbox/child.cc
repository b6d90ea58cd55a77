#include "services/lambda/sandbox/child.h"

#include <signal.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "encoding/ascii.h"

namespace everseal::lambda::sandbox {
namespace {

constexpr int shell_signal = 128;  // how bubblewrap tells that the inner process died of a signal
constexpr std::size_t most_processes = 4096;

std::string signalled(int number) {
  std::string name = strsignal(number);
  return "signal: " + encoding::lower_case(name);
}

std::string told(int status) {
  if (WIFSIGNALED(status)) return signalled(WTERMSIG(status));
  const int code = WEXITSTATUS(status);
  if (code > shell_signal) return signalled(code - shell_signal);
  return "exit status: " + std::to_string(code);
}

// Lines such as "RssAnon:	    1234 kB".
std::int64_t memory_of(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  constexpr std::int64_t kilobyte = 1024;
  std::int64_t bytes = 0;
  for (std::string line; std::getline(status, line);) {
    if (!line.starts_with("RssAnon:") && !line.starts_with("RssShmem:")) continue;
    bytes += std::strtoll(line.c_str() + line.find(':') + 1, nullptr, 10) * kilobyte;
  }
  return bytes;
}

void add_children(pid_t process, std::vector<pid_t>& into) {
  const auto name = std::to_string(process);
  std::ifstream children("/proc/" + name + "/task/" + name + "/children");
  for (pid_t child = 0; children >> child && into.size() < most_processes;) into.push_back(child);
}

}  // namespace

Child::~Child() { kill(); }

std::optional<std::string> Child::ending() {
  if (ending_) return ending_;
  int status = 0;
  if (waitpid(process_, &status, WNOHANG) == process_) ending_ = told(status);
  return ending_;
}

void Child::kill() {
  if (ending_) return;
  // The first process within ends with bubblewrap's outer one (--die-with-parent), but on its own
  // time: it is killed first, and the outer one ends when all of them have.
  std::vector<pid_t> inner;
  add_children(process_, inner);
  for (const auto process : inner) ::kill(process, SIGKILL);
  if (inner.empty()) ::kill(process_, SIGKILL);
  int status = 0;
  while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  ending_ = told(status);
}

std::int64_t Child::memory_bytes() const {
  if (ending_) return 0;
  std::vector<pid_t> processes{process_};
  std::int64_t bytes = 0;
  for (std::size_t at = 0; at < processes.size(); ++at) {
    const auto before = processes.size();
    add_children(processes[at], processes);
    for (auto next = before; next < processes.size(); ++next) bytes += memory_of(processes[next]);
  }
  return bytes;
}

}  // namespace everseal::lambda::sandbox
