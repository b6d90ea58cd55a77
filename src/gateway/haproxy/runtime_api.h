#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "result/result.h"

namespace everseal::gateway::haproxy {

// Talks with HAProxy's master process, and through it with its workers, over a Unix socket. A
// connection a command; each has the same time for all of it, and at most 256 MiB of answer.
// Thread-safe. Unavailable: nobody listens, or the time is over.
class RuntimeApi {
 public:
  RuntimeApi(std::filesystem::path socket, std::chrono::milliseconds patience)
      : socket_(std::move(socket)), patience_(patience) {}

  struct Processes {
    pid_t master = 0;
    pid_t worker = 0;             // the one that takes connections; 0: none
    std::vector<pid_t> old;       // those that finish what they have
    unsigned failed_reloads = 0;  // in a row
    std::vector<pid_t> all() const;
  };
  Result<Processes> processes() const;

  // What the process answers; empty lines at its end are left out. `lines` are a payload: none of
  // them may be empty.
  Result<std::string> ask(pid_t process, std::string_view command) const;
  Result<std::string> ask(pid_t process, std::string_view command, std::string_view lines) const;

 private:
  Result<std::string> exchange(std::string_view words) const;
  std::filesystem::path socket_;
  std::chrono::milliseconds patience_;
};

}  // namespace everseal::gateway::haproxy
