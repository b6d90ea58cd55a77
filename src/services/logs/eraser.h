#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "clock/clock.h"
#include "jobs/runner.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::logs {

// The events of what is gone are to be erased.
Outcome promise_erasing(sql::Transaction& tx, TimePoint now);

// Erases events: those that are older than their group keeps them, and those of groups and streams
// that are gone. A few at a time, so that no other change waits for long. Thread-safe.
class Eraser {
 public:
  static constexpr std::string_view expired_job = "logs.expired";
  static constexpr std::chrono::hours interval{6};
  static constexpr std::string_view gone_job = "logs.gone";

  Eraser(sql::Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  // Handle the jobs.
  Result<jobs::Verdict> erase_expired(const jobs::Execution& execution);
  Result<jobs::Verdict> erase_gone(const jobs::Execution& execution);

 private:
  sql::Database& database_;
  const Clock& clock_;
};

}  // namespace everseal::logs
