#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "latch/doorbell.h"

namespace everseal::http {

// The threads that run requests. Thread-safe.
class WorkerPool {
 public:
  using Task = std::function<void()>;  // must not throw

  // At most `most_waiting` tasks wait that may be refused.
  WorkerPool(unsigned workers, std::size_t most_waiting);
  ~WorkerPool() { stop(); }

  // False: too many are waiting, and nothing was done.
  bool offer(Task task);
  // What belongs to a request that has begun; there are never more of these than connections.
  void add(Task task);

  // Finishes what is running, drops what waits or comes later.
  void stop();

  std::size_t waiting() const;

 private:
  bool append(Task task, std::size_t most_waiting);
  std::optional<Task> next();
  void run();

  const std::size_t most_waiting_;
  Doorbell wake_;
  std::atomic<bool> stopping_ = false;
  mutable std::mutex mutex_;
  std::deque<Task> tasks_;  // guarded by mutex_
  std::vector<std::jthread> threads_;
};

}  // namespace everseal::http
