#pragma once

#include "clock/clock.h"
#include "services/events/target.h"
#include "sql/database.h"

namespace everseal::events {

// Another bus, in any region: the event is put there as it is, with its id. A bus of another
// account takes it if its policy lets the account of the rule.
class BusTarget final : public TargetKind {
 public:
  // How many buses and functions an event may have come by: rules that send it round come to an
  // end.
  static constexpr int most_hops = 5;

  BusTarget(sql::Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  bool takes(std::string_view target_arn) const override;
  bool takes_input() const override { return false; }
  DeliveryOutcome deliver(const Delivery& delivery) override;

 private:
  sql::Database& database_;
  const Clock& clock_;
};

}  // namespace everseal::events
