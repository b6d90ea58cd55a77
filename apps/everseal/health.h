#pragma once

#include <chrono>
#include <mutex>
#include <optional>

#include "result/result.h"
#include "sql/database.h"

namespace everseal::app {

// Whether the storage takes writes: a full disk still answers reads, and whoever watches must hear
// of it. Anybody may ask, so one asker a second writes, one at a time, and the others hear what the
// last one heard. Thread-safe.
class Health {
 public:
  struct Times {
    std::chrono::milliseconds between{1000};   // writes
    std::chrono::milliseconds patience{5000};  // with one of them
  };
  explicit Health(sql::Database& database) : Health(database, Times()) {}
  Health(sql::Database& database, Times times) : database_(database), times_(times) {}

  // Unavailable: the disk is full, fails, or has not answered within the patience.
  Outcome check();

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  // Whether this asker is the one to write.
  bool begin(SteadyTime now);
  Outcome heard(SteadyTime now);

  sql::Database& database_;
  const Times times_;
  std::mutex mutex_;
  bool writing_ = false;             // guarded by mutex_, as all below
  std::optional<SteadyTime> begun_;  // the last write; nothing: none yet
  Outcome last_;
};

}  // namespace everseal::app
