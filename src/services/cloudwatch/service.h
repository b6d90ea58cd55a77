#pragma once

#include <array>
#include <chrono>
#include <vector>

#include "aws/endpoint/service.h"
#include "clock/clock.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "services/cloudwatch/computed_metrics.h"
#include "services/cloudwatch/keeper.h"
#include "services/cloudwatch/reader.h"
#include "services/cloudwatch/recorder.h"
#include "sql/database.h"

namespace everseal::cloudwatch {

// CloudWatch's metrics: its API, its jobs, and how the rest of the program records. Thread-safe.
class Service {
 public:
  struct Parts {
    sql::Database& database;
    const Clock& clock;
    Log& log;
    // What nobody measures.
    std::vector<const ComputedMetric*> computed{};
    // How often what was counted is written, at the latest.
    std::chrono::milliseconds write_interval = std::chrono::minutes{1};
  };
  explicit Service(const Parts& parts);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  ~Service();  // writes what was counted

  // The operations, for the endpoint, once for each of the two protocols: JSON, which SDKs speak,
  // and query, which older ones do. They refer to this object.
  std::array<aws::Service, 2> api() const;

  // Before the runner starts. They refer to this object.
  void handle_jobs(jobs::Runner& runner);

  Recorder& recorder() { return recorder_; }

 private:
  aws::Service speaking(aws::Protocol protocol) const;

  const Parts parts_;
  Recorder recorder_;
  Reader reader_;
  Keeper keeper_;
};

}  // namespace everseal::cloudwatch
