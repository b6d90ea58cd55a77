#pragma once

#include "aws/endpoint/service.h"
#include "clock/clock.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "random/random.h"
#include "services/events/archives/housekeeper.h"
#include "services/events/bus_target.h"
#include "services/events/dead_letters.h"
#include "services/events/deliverer.h"
#include "services/events/matcher.h"
#include "services/events/replayer.h"
#include "services/events/scheduler.h"
#include "services/events/target.h"
#include "sql/database.h"

namespace everseal::events {

// What EventBridge works with; outlives it.
struct Surroundings {
  sql::Database& database;
  const Clock& clock;
  Random& random;
  Log& log;
  DeadLetterQueues* dead_letters = nullptr;  // null: there are none
};

// EventBridge: its API and its jobs. Thread-safe. Other services put events on a bus with put() of
// bus.h, in a transaction of their own.
class Service {
 public:
  explicit Service(const Surroundings& surroundings);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // Another kind of target; before the first request. It outlives this.
  void add_targets(TargetKind& kind) { targets_.add(kind); }

  // The operations, for the endpoint. They refer to this object.
  aws::Service api() const;

  // Before the runner starts.
  void handle_jobs(jobs::Runner& runner);

 private:
  const Surroundings around_;
  BusTarget bus_target_;
  Targets targets_;
  Matcher matcher_;
  Deliverer deliverer_;
  Scheduler scheduler_;
  Replayer replayer_;
  archives::Housekeeper housekeeper_;
};

}  // namespace everseal::events
