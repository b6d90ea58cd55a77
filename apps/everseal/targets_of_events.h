#pragma once

#include "clock/clock.h"
#include "services/events/target.h"
#include "services/logs/writer.h"

namespace everseal::app {

// Log groups as targets of EventBridge: each rule writes into a stream of its own. The group is
// made if it is not there.
class LogGroupTarget final : public events::TargetKind {
 public:
  LogGroupTarget(logs::Writer& writer, const Clock& clock) : writer_(writer), clock_(clock) {}

  bool takes(std::string_view target_arn) const override;
  events::DeliveryOutcome deliver(const events::Delivery& delivery) override;

 private:
  logs::Writer& writer_;
  const Clock& clock_;
};

}  // namespace everseal::app
