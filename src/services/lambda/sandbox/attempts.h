#pragma once

#include <linux/seccomp.h>
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "services/lambda/sandbox/refusal.h"

namespace everseal::lambda::sandbox {

// What a sandbox keeps its function from, and where its processes are.
struct Bounds {
  std::vector<std::filesystem::path> hidden;  // folders of the server
  std::int64_t processes;                     // threads count as well
  pid_t outermost;
  bool network = false;  // it has this machine's
};

// What becomes of a system call that waits to be let through.
struct Verdict {
  int error = 0;  // 0: the kernel goes on with it, and the sandbox holds what it holds
  std::optional<Refusal> refusal{};
};

// What a process is about to do. Decides only over what the filter forbids and over one process too
// many; of a file or an address it says that the sandbox will refuse it. The process may change the
// name of a file meanwhile, and gains nothing by it: it is not there.
Verdict judge(const seccomp_notif& asked, const Bounds& bounds);

}  // namespace everseal::lambda::sandbox
