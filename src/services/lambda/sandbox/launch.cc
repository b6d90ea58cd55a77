#include "services/lambda/sandbox/launch.h"

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace everseal::lambda::sandbox {
namespace {

constexpr const char* stage = "/tmp";  // there is one on every machine
constexpr int cannot_launch = 126;

// Between fork and exec nothing may be called that takes a lock: the texts are ready before.
struct Staged {
  std::string from;
  std::string at;
  std::string source;  // "/proc/self/fd/100"
  int held;            // 100
  bool is_folder;
};

struct Prepared {
  std::vector<char*> arguments;
  std::vector<Staged> staged;
};

[[noreturn]] void give_up(std::string_view what) {
  const char* reason = strerrordesc_np(errno);
  for (const std::string_view piece : {std::string_view("sandbox: "), what, std::string_view(": "),
                                       std::string_view(reason == nullptr ? "" : reason)}) {
    if (write(STDERR_FILENO, piece.data(), piece.size()) < 0) break;
  }
  _exit(cannot_launch);
}

void hold(const Staged& shown) {
  const int opened = open(shown.from.c_str(), O_PATH | O_CLOEXEC);
  if (opened == shown.held) return;  // the lowest free number; dup3 refuses to do nothing
  if (opened < 0 || dup3(opened, shown.held, O_CLOEXEC) < 0) give_up(shown.from);
}

void show(const Staged& shown) {
  const bool made = shown.is_folder ? mkdir(shown.at.c_str(), 0755) == 0
                                    : mknod(shown.at.c_str(), S_IFREG | 0444, 0) == 0;
  if (!made ||
      mount(shown.source.c_str(), shown.at.c_str(), nullptr, MS_BIND | MS_REC, nullptr) != 0) {
    give_up(shown.at);
  }
}

void set_stage(const std::vector<Staged>& staged) {
  if (staged.empty()) return;
  if (unshare(CLONE_NEWNS) != 0) give_up("unshare");
  if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) give_up("private mounts");
  for (const auto& shown : staged) hold(shown);
  if (mount("tmpfs", stage, "tmpfs", MS_NOSUID | MS_NODEV, "mode=755,size=64k") != 0) {
    give_up("stage");
  }
  for (const auto& shown : staged) show(shown);
  if (setgroups(0, nullptr) != 0 || setresgid(nobodys_user, nobodys_user, nobodys_user) != 0 ||
      setresuid(nobodys_user, nobodys_user, nobodys_user) != 0) {
    give_up("change user");
  }
}

void forget_signals() {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGCHLD}) {
    signal(number, SIG_DFL);
  }
}

[[noreturn]] void run(const Launch& launch, const Prepared& prepared) {
  setsid();
  forget_signals();
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(launch.output, STDOUT_FILENO) < 0 ||
      dup2(launch.output, STDERR_FILENO) < 0) {
    give_up("standard files");
  }
  // Whatever of ours may be open without O_CLOEXEC.
  close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
  set_stage(prepared.staged);
  if (fcntl(launch.control, F_SETFD, 0) != 0) give_up("control socket");
  if (chdir("/") != 0) give_up("chdir");
  char* const no_environment[] = {nullptr};
  execve(prepared.arguments.front(), prepared.arguments.data(), no_environment);
  give_up(prepared.arguments.front());
}

Prepared prepare(Launch& launch, const std::vector<Shown>& staged) {
  Prepared prepared;
  for (auto& word : launch.command) prepared.arguments.push_back(word.data());
  prepared.arguments.push_back(nullptr);
  int held = std::max(launch.control, launch.output);
  for (std::size_t index = 0; index < staged.size(); ++index) {
    ++held;
    std::error_code ignored;
    prepared.staged.push_back(
        {.from = staged[index].from.string(),
         .at = stage_path(index),
         .source = "/proc/self/fd/" + std::to_string(held),
         .held = held,
         .is_folder = std::filesystem::is_directory(staged[index].from, ignored)});
  }
  return prepared;
}

}  // namespace

bool runs_as_root() { return geteuid() == 0; }

std::string stage_path(std::size_t index) {
  return std::string(stage) + "/" + std::to_string(index);
}

Result<pid_t> launch(const Launch& launch, const std::vector<Shown>& staged) {
  Launch ready = launch;
  const Prepared prepared = prepare(ready, staged);
  const pid_t process = fork();
  if (process == 0) run(ready, prepared);
  if (process < 0) return Fault::unavailable(std::string("fork: ") + std::strerror(errno));
  return process;
}

}  // namespace everseal::lambda::sandbox
