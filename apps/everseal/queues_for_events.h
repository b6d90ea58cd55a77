#pragma once

#include <string_view>

#include "clock/clock.h"
#include "random/random.h"
#include "services/events/dead_letters.h"
#include "services/events/target.h"
#include "sql/database.h"

namespace everseal::app {

// What EventBridge asks of queues, given by SQS: that they take events of rules of their own
// account, as targets and as dead letters.
class QueuesForEvents final : public events::DeadLetterQueues, public events::TargetKind {
 public:
  QueuesForEvents(sql::Database& database, const Clock& clock, Random& random)
      : database_(database), clock_(clock), random_(random) {}

  bool takes(std::string_view arn) const override;
  Result<bool> put(sql::Transaction& tx, std::string_view queue_arn,
                   const events::DeadLetter& letter) override;
  events::DeliveryOutcome deliver(const events::Delivery& delivery) override;

 private:
  sql::Database& database_;
  const Clock& clock_;
  Random& random_;
};

}  // namespace everseal::app
