#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "result/result.h"
#include "services/health/event.h"
#include "sql/database.h"

// The rows of AWS Health's events.
namespace everseal::health {

// The open event of that kind about a certificate.
Result<std::optional<Event>> find_open(sql::Snapshot& view, std::string_view certificate_arn,
                                       std::string_view type_code);

Result<std::optional<Event>> find_event(sql::Snapshot& view, std::string_view account,
                                        std::string_view arn);

Outcome insert_event(sql::Transaction& tx, const Event& event);
Outcome update_event(sql::Transaction& tx, const Event& event);

// Where a listing goes on: after this event.
struct EventPosition {
  TimePoint updated_at;
  std::int64_t id;
};

// Those of an account, the last updated first, until `use` returns false.
Outcome each_event(sql::Snapshot& view, std::string_view account,
                   const std::optional<EventPosition>& after,
                   const std::function<bool(const Event&)>& use);

// Drops events that nobody has updated since; at most a thousand. Whether there may be more.
Result<bool> drop_events(sql::Transaction& tx, TimePoint updated_before);

}  // namespace everseal::health
