#include "services/lambda/sandbox/child.h"

#include <signal.h>
#include <sys/statvfs.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "encoding/ascii.h"
#include "services/lambda/sandbox/processes.h"

namespace everseal::lambda::sandbox {
namespace {

constexpr int shell_signal = 128;  // how bubblewrap tells that the inner process died of a signal

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
  const auto inner = children_of(process_);
  for (const auto process : inner) ::kill(process, SIGKILL);
  if (inner.empty()) ::kill(process_, SIGKILL);
  int status = 0;
  while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  ending_ = told(status);
}

std::int64_t Child::memory_bytes() const {
  return ending_ ? 0 : memory_bytes_of(descendants_of(process_));
}

std::size_t Child::more_processes() const {
  if (ending_) return 0;
  constexpr std::size_t usual = 2;  // bubblewrap's inner one, and the program
  const auto all = descendants_of(process_).size();
  return all - std::min(all, usual);
}

bool Child::is_storage_full() const {
  if (ending_) return false;
  const auto inner = children_of(process_);
  struct statvfs room{};
  return !inner.empty() &&
         statvfs(("/proc/" + std::to_string(inner.front()) + "/root/tmp").c_str(), &room) == 0 &&
         room.f_blocks > 0 && room.f_bfree == 0;
}

}  // namespace everseal::lambda::sandbox
