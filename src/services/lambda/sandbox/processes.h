#pragma once

#include <sys/types.h>

#include <cstdint>
#include <vector>

// What /proc says of a process and all that it began.
namespace everseal::lambda::sandbox {

std::vector<pid_t> children_of(pid_t process);
// Its descendants, parents first, at most 4096; whichever of a process's threads began them.
std::vector<pid_t> descendants_of(pid_t process);

// Without files that are mapped.
std::int64_t memory_bytes_of(const std::vector<pid_t>& processes);
std::int64_t threads_of(const std::vector<pid_t>& processes);

}  // namespace everseal::lambda::sandbox
