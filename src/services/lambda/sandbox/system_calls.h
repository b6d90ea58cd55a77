#pragma once

#include "result/result.h"

namespace everseal::lambda::sandbox {

// From now on this process and its descendants get EPERM from system calls that no function needs
// and that kernels had their holes in: new namespaces and mounts, tracing, kernel keys, BPF,
// io_uring, userfaultfd, and what holds memory that no process can be charged for. Only Internet
// and Unix sockets. Unavailable: the kernel has no filters, or this is not a machine we know.
Outcome forbid_system_calls();

}  // namespace everseal::lambda::sandbox
