#pragma once

#include <chrono>
#include <string_view>

#include "clock/clock.h"
#include "jobs/runner.h"
#include "result/result.h"
#include "services/cloudwatch/recorder.h"
#include "sql/database.h"

namespace everseal::cloudwatch {

// Keeps points as long as AWS does: each minute for 15 days, each five minutes for 63 days, each
// hour for 455 days. Thread-safe.
class Keeper {
 public:
  static constexpr std::string_view write_job = "cloudwatch.write";
  static constexpr std::string_view age_job = "cloudwatch.age";
  static constexpr std::chrono::hours age_interval{6};

  Keeper(sql::Database& database, const Clock& clock, Recorder& recorder)
      : database_(database), clock_(clock), recorder_(recorder) {}

  // Handle the jobs.
  Result<jobs::Verdict> write(const jobs::Execution& execution);
  // A few points at a time, so that no other change waits for long.
  Result<jobs::Verdict> age(const jobs::Execution& execution);

 private:
  sql::Database& database_;
  const Clock& clock_;
  Recorder& recorder_;
};

}  // namespace everseal::cloudwatch
