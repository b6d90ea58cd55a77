#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

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
  void run();

  const std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> tasks_;  // guarded by mutex_
  bool stopping_ = false;   // guarded by mutex_
  std::vector<std::jthread> threads_;
};

}  // namespace everseal::http
