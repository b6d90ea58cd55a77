#pragma once

#include <filesystem>

#include "descriptor/descriptor.h"
#include "result/result.h"

namespace everseal::gateway::haproxy {

// Where HAProxy writes its lines: a pipe with a name, so that who takes over a HAProxy finds it.
// What is written while nobody reads waits in it, 1 MiB where the kernel allows that, some thousand
// lines; then HAProxy drops lines, and counts them. It is made if it is not there; both ends are
// open, so that neither side ever ends it, and nothing blocks. Unavailable: it cannot be.
Result<Descriptor> open_log_pipe(const std::filesystem::path& path);

}  // namespace everseal::gateway::haproxy
