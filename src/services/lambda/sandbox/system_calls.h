#pragma once

#include <string_view>

#include "descriptor/descriptor.h"
#include "result/result.h"

namespace everseal::lambda::sandbox {

// From now on this process and its descendants get EPERM from system calls that no function needs
// and that kernels had their holes in: new namespaces and mounts, tracing, kernel keys, BPF,
// io_uring, userfaultfd, and what holds memory that no process can be charged for. Only Internet
// and Unix sockets; with the network of this machine, where every name of a Unix socket that is no
// file leads to its other programs, of the latter pairs of streams alone. Unavailable: the kernel
// has no filters, or this is not a machine we know.
Outcome forbid_system_calls(bool network);

// The same; but what this returns must be answered from outside: who makes one of those calls that
// ordinary programs do not try, opens a file, connects, or begins a process or a thread, waits for
// that. When all who have it have closed it, these calls fail. Not inherited by execve.
Result<Descriptor> forbid_system_calls_watched(bool network);

// "ptrace": one of those that are forbidden and worth telling; empty: it is not.
std::string_view forbidden_call(int number);
// Whether these flags of clone ask for a namespace.
bool asks_for_namespace(unsigned long clone_flags);

}  // namespace everseal::lambda::sandbox
