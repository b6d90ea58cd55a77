#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "descriptor/descriptor.h"
#include "result/result.h"

namespace everseal::gateway::haproxy {

// A process that this program began, or found. For one thread at a time.
class Process {
 public:
  // What is to begin. It has no terminal, no open files but its output and its log, and a session
  // of its own.
  struct Order {
    std::vector<std::string> command = {};      // its path first, then its arguments
    std::vector<std::string> environment = {};  // each "NAME=value"
    // Holds its number from before it begins until somebody removes it. Empty: there is none.
    std::filesystem::path id_file = {};
    // Is emptied; standard output and error are added to it. Empty: read() tells them.
    std::filesystem::path output_file = {};
    std::uint64_t most_output = 0;  // octets of that file; what is more is lost
    // Whether it goes on when this program is killed; else it gets SIGTERM when the calling thread
    // ends.
    bool outlives = false;
    // What it has as log_descriptor; outlives the call. Null: nothing.
    const Descriptor* log = nullptr;
  };

  Process(Process&&) = default;
  Process& operator=(Process&&) = delete;
  // Kills what was begun here and not left.
  ~Process();

  // Unavailable: there is no such program, or no process could be made.
  static Result<Process> begin(const Order& order);
  // One that is there, whoever began it. Nothing: there is none of that number.
  static std::optional<Process> find(pid_t id);

  pid_t id() const { return id_; }
  // Readable once it has ended.
  const Descriptor& watch() const { return watch_; }
  bool has_ended() const { return ends_within(std::chrono::milliseconds(0)); }
  // Waits for it.
  bool ends_within(std::chrono::milliseconds patience) const;
  // Standard output and error in one, if they go to no file; does not block.
  const Descriptor& output() const { return output_; }
  // What has come of it since, at most that many octets.
  std::string read(std::size_t most) const;

  // Also from another thread. Nothing happens to one that has ended.
  void signal(int number) const;
  // Waits until it has ended. "exit status: 1", "signal: killed"; "gone" if another program began
  // it.
  std::string ending();
  // It goes on when this ends.
  void leave() { is_ours_ = false; }

 private:
  Process() = default;
  pid_t id_ = 0;
  Descriptor watch_;
  Descriptor output_;
  bool is_ours_ = false;
  std::optional<std::string> ended_;
};

// What it says until it ends. Malformed: it ended with another status than 0, with what it said.
// Unavailable: it could not begin, or it did not end in time and was killed.
Result<std::string> run(const std::vector<std::string>& command,
                        std::chrono::milliseconds patience);

}  // namespace everseal::gateway::haproxy
