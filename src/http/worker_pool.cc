#include "http/worker_pool.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace everseal::http {

WorkerPool::WorkerPool(unsigned workers, std::size_t most_waiting) : most_waiting_(most_waiting) {
  for (unsigned i = 0; i < std::max(workers, 1u); ++i) threads_.emplace_back([this] { run(); });
}

void WorkerPool::stop() {
  std::deque<Task> dropped;  // outlives the lock
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    dropped.swap(tasks_);
  }
  wake_.ring_for_all();
  threads_.clear();  // joins
}

bool WorkerPool::offer(Task task) { return append(std::move(task), most_waiting_); }

void WorkerPool::add(Task task) {
  append(std::move(task), std::numeric_limits<std::size_t>::max());
}

bool WorkerPool::append(Task task, std::size_t most_waiting) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || tasks_.size() >= most_waiting) return false;
    tasks_.push_back(std::move(task));
  }
  wake_.ring_for_one();
  return true;
}

std::size_t WorkerPool::waiting() const {
  const std::lock_guard lock(mutex_);
  return tasks_.size();
}

std::optional<WorkerPool::Task> WorkerPool::next() {
  const std::lock_guard lock(mutex_);
  if (tasks_.empty()) return std::nullopt;
  auto task = std::move(tasks_.front());
  tasks_.pop_front();
  return task;
}

void WorkerPool::run() {
  while (true) {
    const auto rings = wake_.rings();
    if (stopping_) return;
    if (const auto task = next()) {
      (*task)();
    } else {
      wake_.wait(rings);
    }
  }
}

}  // namespace everseal::http
