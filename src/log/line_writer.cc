#include "log/line_writer.h"

#include <pthread.h>

#include <chrono>
#include <cstdio>
#include <utility>

namespace everseal {
namespace {

constexpr std::size_t most_pending = std::size_t{4} << 20;
constexpr std::chrono::milliseconds gathering{5};

}  // namespace

LineWriter::LineWriter() {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  pthread_setname_np(thread_.native_handle(), "log");
}

LineWriter::~LineWriter() {
  thread_.request_stop();
  thread_.join();
}

void LineWriter::add(std::string_view line) {
  std::unique_lock lock(mutex_);
  if (pending_.size() + line.size() >= most_pending) {
    ++dropped_;
    return;
  }
  pending_.append(line).push_back('\n');
  if (!std::exchange(asleep_, false)) return;
  lock.unlock();
  wake_.notify_one();
}

void LineWriter::flush() {
  std::unique_lock lock(mutex_);
  in_a_hurry_ = true;
  wake_.notify_one();
  written_.wait(lock, [&] { return pending_.empty() && !writing_; });
  in_a_hurry_ = false;
}

std::uint64_t LineWriter::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

void LineWriter::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (true) {
    asleep_ = true;
    wake_.wait(lock, stop, [&] { return !pending_.empty(); });
    asleep_ = false;
    if (pending_.empty()) return;
    const std::string lines = std::exchange(pending_, {});
    writing_ = true;
    lock.unlock();
    std::fwrite(lines.data(), 1, lines.size(), stderr);
    lock.lock();
    writing_ = false;
    written_.notify_all();
    wake_.wait_for(lock, stop, gathering, [&] { return in_a_hurry_; });
  }
}

}  // namespace everseal
