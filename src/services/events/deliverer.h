#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "random/random.h"
#include "result/result.h"
#include "services/events/dead_letters.h"
#include "services/events/event_store.h"
#include "services/events/rule_store.h"
#include "services/events/target.h"
#include "services/events/target_load.h"
#include "services/events/target_store.h"
#include "sql/database.h"

namespace everseal::events {

// Delivers what waits in a lane, one after the other, each at least once: until the target has
// taken it, its rule's owner has lost patience (RetryPolicy), or it can never work; then it is a
// dead letter. What waits behind it waits as long; other lanes do not.
class Deliverer {
 public:
  struct Parts {
    sql::Database& database;
    const Clock& clock;
    Random& random;
    Log& log;
    const Targets& targets;
    DeadLetterQueues* dead_letters;  // null: there are none
  };
  explicit Deliverer(const Parts& parts) : parts_(parts) {}

  Result<jobs::Verdict> run(const jobs::Execution& job);

 private:
  // A delivery with what it needs.
  struct Task {
    WaitingDelivery waiting;
    StoredTarget target;
    Rule rule;
    TimePoint expires;
  };
  // Why a delivery is given up.
  struct Failure {
    std::string error_code;
    std::string message;
    std::string_view exhausted = {};  // "MaximumRetryAttempts"
  };

  Result<std::optional<Task>> next_task(std::string_view lane) const;
  Result<std::optional<TimePoint>> step(const Task& task);
  // Nothing: its target has enough in hand.
  std::optional<DeliveryOutcome> deliver_in_turn(const Task& task);
  DeliveryOutcome deliver(const Task& task) const;
  Outcome conclude(const Task& task) const;
  Result<std::optional<TimePoint>> try_later(const Task& task, const TryAgain& why) const;
  Outcome give_up(const Task& task, const Failure& failure) const;
  Result<bool> bury(sql::Transaction& tx, const Task& task, const Failure& failure) const;
  TimePoint after_pause(const Task& task, const TryAgain& why) const;

  const Parts parts_;
  TargetLoad load_;
};

}  // namespace everseal::events
