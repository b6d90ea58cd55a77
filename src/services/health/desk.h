#pragma once

#include "clock/clock.h"
#include "jobs/runner.h"
#include "random/random.h"
#include "result/result.h"
#include "services/health/event_store.h"
#include "services/health/message.h"
#include "sql/database.h"

namespace everseal::health {

inline constexpr std::string_view kSweepJob = "health.sweep";  // the key: empty

// Where news become events. Renewal is told of by one event a certificate, AWS_ACM_RENEWAL_STATE_
// CHANGE, which is updated until the renewal has succeeded; what must be done about a renewal that
// fails by another, AWS_ACM_RENEWAL_FAILURE. Thread-safe.
class Desk {
 public:
  Desk(Random& random, EventSink& sink) : random_(random), sink_(sink) {}

  // Stores the event and hands it on, in the transaction of what happened.
  Outcome report(sql::Transaction& tx, const RenewalNews& news) const;

 private:
  Outcome put(sql::Transaction& tx, std::string_view type_code, const RenewalNews& news) const;
  Outcome resolve_failure(sql::Transaction& tx, const RenewalNews& completed) const;
  std::string new_arn(std::string_view type_code, const RenewalNews& news) const;

  Random& random_;
  EventSink& sink_;
};

// The job "health.sweep": events that nobody has updated for 90 days go.
class Sweep {
 public:
  Sweep(sql::Database& database, const Clock& clock) : database_(database), clock_(clock) {}
  Result<jobs::Verdict> operator()(const jobs::Execution& job) const;

 private:
  sql::Database& database_;
  const Clock& clock_;
};

}  // namespace everseal::health
