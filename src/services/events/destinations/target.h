#pragma once

#include <optional>
#include <string_view>

#include "clock/clock.h"
#include "http/message.h"
#include "keys/vault.h"
#include "log/log.h"
#include "result/result.h"
#include "services/events/destinations/api_destination_store.h"
#include "services/events/destinations/connection.h"
#include "services/events/destinations/outbound.h"
#include "services/events/destinations/pace.h"
#include "services/events/destinations/tokens.h"
#include "services/events/target.h"
#include "sql/database.h"

namespace everseal::events::destinations {

// What an answer says of the event that was sent: taken (2xx); to be sent again (401, 407, 409,
// 429, 5xx), not before its Retry-After, if it has one; or never (all else, and a negative
// Retry-After).
DeliveryOutcome outcome_of(const http::Response& answer, TimePoint now);

// API destinations as targets of rules: each event is an HTTP request. Thread-safe.
class ApiDestinations final : public TargetKind {
 public:
  struct Parts {
    sql::Database& database;
    const Clock& clock;
    Log& log;
    const keys::Vault& vault;
    const Outbound& outbound;
    Tokens& tokens;
  };
  explicit ApiDestinations(const Parts& parts) : parts_(parts) {}

  bool takes(std::string_view target_arn) const override;
  DeliveryOutcome deliver(const Delivery& delivery) override;

 private:
  struct Way {
    ApiDestination destination;
    std::optional<Connection> connection;  // nothing: it is gone
  };
  Result<std::optional<Way>> find(std::string_view arn) const;
  DeliveryOutcome send(const Way& way, const Delivery& delivery);

  const Parts parts_;
  Pace pace_;
};

}  // namespace everseal::events::destinations
