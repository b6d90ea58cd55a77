#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "descriptor/descriptor.h"
#include "result/result.h"

namespace everseal::lambda::sandbox {

// A sandbox that runs. When this ends, all of its processes do. For one thread at a time.
class Child {
 public:
  // `process` is the outermost, a child of this program; `watch` its pidfd.
  Child(pid_t process, Descriptor watch, Descriptor output)
      : process_(process), watch_(std::move(watch)), output_(std::move(output)) {}
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  pid_t process() const { return process_; }
  // What listens within the sandbox on the ports that were asked for: connections come from there.
  const std::vector<Descriptor>& listening() const { return listening_; }
  void take_listening(std::vector<Descriptor> sockets) { listening_ = std::move(sockets); }
  // Standard output and error, in one; does not block.
  const Descriptor& output() const { return output_; }
  // Readable once all has ended.
  const Descriptor& watch() const { return watch_; }

  // How it ended, once it has: "exit status: 1", "signal: killed".
  std::optional<std::string> ending();
  // Ends every process of the sandbox and waits for that: none can outlive it, as they have no
  // other process namespace, and its first process is gone.
  void kill();

  // The memory that all processes of the sandbox hold, without files that are mapped.
  std::int64_t memory_bytes() const;
  // How many there are besides the program of the orders.
  std::size_t more_processes() const;
  // Nothing more can be written to its /tmp.
  bool is_storage_full() const;

  // Keeps what must not end before the processes do.
  void keep(std::shared_ptr<void> watching) { watching_ = std::move(watching); }

 private:
  pid_t process_;
  Descriptor watch_;
  Descriptor output_;
  std::vector<Descriptor> listening_;
  std::optional<std::string> ending_;
  std::shared_ptr<void> watching_;
};

}  // namespace everseal::lambda::sandbox
