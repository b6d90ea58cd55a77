#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "descriptor/descriptor.h"
#include "result/result.h"
#include "services/lambda/sandbox/sandbox.h"

namespace everseal::lambda::sandbox {

// A program that begins.
struct Launch {
  std::vector<std::string> command;  // its path first
  int control;                       // stays open under this number
  int output;                        // standard output and error
};

// Sandboxes of a program that runs as root belong to this user, whom nobody is and who owns
// nothing: the kernel limits how many processes a user has, but not for root.
inline constexpr uid_t nobodys_user = 65521;
bool runs_as_root();

// Where that user finds what is shown to it, whoever may see the original.
std::string stage_path(std::size_t index);

// Begins it, as a child of the calling thread: it ends with that. With `staged`, in a mount
// namespace of its own that has these at their stage paths, as that user. Unavailable: no process
// could be made.
Result<pid_t> launch(const Launch& launch, const std::vector<Shown>& staged);

}  // namespace everseal::lambda::sandbox
