#pragma once

#include <chrono>
#include <mutex>

#include "clock/clock.h"
#include "jobs/runner.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::control {

// Moves the virtual clock, and runs on the way whatever becomes due. Where it stands survives a
// restart. Thread-safe: one move at a time.
class VirtualTime {
 public:
  VirtualTime(ManualClock& clock, jobs::Runner& runner, sql::Database& database)
      : clock_(clock), runner_(runner), database_(database) {}

  // Returns what time it is afterwards. Faults: the jobs' or the database's; time has then moved to
  // where they stopped.
  Result<TimePoint> advance(std::chrono::milliseconds by);
  TimePoint now() const { return clock_.now(); }

 private:
  Outcome keep(TimePoint now);

  std::mutex moving_;
  ManualClock& clock_;
  jobs::Runner& runner_;
  sql::Database& database_;
};

}  // namespace everseal::control
