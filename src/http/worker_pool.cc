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
  wake_.notify_all();
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
  wake_.notify_one();
  return true;
}

std::size_t WorkerPool::waiting() const {
  const std::lock_guard lock(mutex_);
  return tasks_.size();
}

void WorkerPool::run() {
  for (;;) {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [&] { return stopping_ || !tasks_.empty(); });
    if (stopping_) return;
    const Task task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task();
  }
}

}  // namespace everseal::http
