#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "descriptor/descriptor.h"
#include "result/result.h"

namespace everseal::gateway::haproxy {

// A child of this program. Killed when this ends. For one thread at a time.
class Process {
 public:
  Process() = default;
  Process(Process&&) = default;
  Process& operator=(Process&&) = default;
  ~Process();

  // Begins a program: its path first, then its arguments; each of the environment as "NAME=value".
  // It has no terminal and no open files but its output, and gets SIGTERM when the calling thread
  // ends. Unavailable: there is no such program, or no process could be made.
  static Result<Process> begin(const std::vector<std::string>& command,
                               const std::vector<std::string>& environment);

  pid_t id() const { return id_; }
  // Readable once it has ended.
  const Descriptor& watch() const { return watch_; }
  // Standard output and error in one; does not block.
  const Descriptor& output() const { return output_; }
  // What has come of it since, at most that many octets.
  std::string read(std::size_t most) const;

  void signal(int number) const;
  // "exit status: 1", "signal: killed"; waits until it has.
  std::string ending();

 private:
  pid_t id_ = 0;
  Descriptor watch_;
  Descriptor output_;
  std::optional<std::string> ended_;
};

// What it says until it ends. Malformed: it ended with another status than 0, with what it said.
// Unavailable: it could not begin, or it did not end in time and was killed.
Result<std::string> run(const std::vector<std::string>& command,
                        std::chrono::milliseconds patience);

}  // namespace everseal::gateway::haproxy
