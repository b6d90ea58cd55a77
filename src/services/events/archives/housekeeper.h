#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "clock/clock.h"
#include "jobs/jobs.h"
#include "jobs/runner.h"
#include "result/result.h"
#include "services/events/archives/archive.h"
#include "sql/database.h"

namespace everseal::events::archives {

inline constexpr std::string_view kHousekeepingJob = "events.archive";

// How long an archive keeps an event, counted from when it was put; 0: for ever.
std::chrono::days retention_of(const Archive& archive);
jobs::Job housekeeping_of(std::int64_t archive, TimePoint due);

// Removes what an archive has kept long enough, and all that was kept by one that is deleted. The
// job of an archive is promised for the end of its oldest event.
class Housekeeper {
 public:
  Housekeeper(sql::Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  Result<jobs::Verdict> run(const jobs::Execution& job) const;

 private:
  sql::Database& database_;
  const Clock& clock_;
};

}  // namespace everseal::events::archives
