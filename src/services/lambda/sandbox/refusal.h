#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace everseal::lambda::sandbox {

// What a sandbox kept its function from.
enum class Attempt {
  File,          // to open a file of the server, or a home
  Process,       // to look into a process that is not of the sandbox
  Network,       // to reach an address outside
  SystemCall,    // one that no function needs
  ProcessLimit,  // one process or thread more than it may have
  StorageLimit,  // more in /tmp than it may have
  MemoryLimit,
  TimeLimit,
  Outliving,  // processes that were left behind, and ended
};
std::string_view name_of(Attempt attempt);  // "file", "process_limit"

struct Refusal {
  Attempt attempt;
  std::string what;  // "/srv/everseal/master.key", "192.0.2.1:53", "ptrace"
};

// Told by another thread, before the function learns of the refusal. Thread-safe.
using TellRefusal = std::function<void(const Refusal&)>;

}  // namespace everseal::lambda::sandbox
