#pragma once

#include <string>

#include "clock/clock.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "random/random.h"
#include "result/result.h"
#include "services/events/plan.h"
#include "services/events/rule_store.h"
#include "sql/database.h"

namespace everseal::events {

// Tells the targets of a rule, and nobody else, that its planned minute has come. A server that was
// down at several of them tells of the first, and goes on with the next that is to come.
class Scheduler {
 public:
  Scheduler(sql::Database& database, const Clock& clock, Random& random, Log& log)
      : database_(database), clock_(clock), random_(random), log_(log) {}

  Result<jobs::Verdict> run(const jobs::Execution& job);

 private:
  Result<bool> fire_if_due(sql::Transaction& tx, std::int64_t rule, const std::string& event_id);
  Outcome fire(sql::Transaction& tx, const Rule& rule, const Plan& plan,
               const std::string& event_id);

  sql::Database& database_;
  const Clock& clock_;
  Random& random_;
  Log& log_;
};

}  // namespace everseal::events
