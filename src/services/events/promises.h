#pragma once

#include <cstdint>
#include <string_view>

#include "clock/clock.h"
#include "result/result.h"
#include "services/events/event_store.h"
#include "sql/database.h"

namespace everseal::events {

inline constexpr std::string_view kDeliverJob = "events.deliver";

// Promises to deliver the event to a target. Events about the same resource stay in order; those
// about none go each their own way.
Outcome promise_delivery(sql::Transaction& tx, const WaitingEvent& waiting, std::int64_t target,
                         TimePoint now);

}  // namespace everseal::events
