#pragma once

#include <atomic>
#include <chrono>
#include <mutex>

#include "result/result.h"
#include "sql/database.h"

namespace everseal::app {

// Whether the storage takes writes: a full disk still answers reads, and whoever watches must hear
// of it. Anybody may ask, so it writes at most once a second and repeats itself in between.
// Thread-safe.
class Health {
 public:
  explicit Health(sql::Database& database) : database_(database) {}

  // Unavailable: the disk is full or fails.
  Outcome check();

 private:
  bool is_due();

  sql::Database& database_;
  std::atomic<std::chrono::steady_clock::duration> next_{};
  std::mutex mutex_;
  Outcome last_;  // guarded by mutex_
};

}  // namespace everseal::app
