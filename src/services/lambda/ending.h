#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "services/lambda/destinations.h"
#include "services/lambda/function.h"
#include "services/lambda/runtime/event.h"

namespace everseal::lambda {

// How an asynchronous invocation ended.
struct Ending {
  const Function& function;
  std::string_view request_id;
  std::string_view payload;
  std::int64_t hops;           // of the invocation
  std::string_view condition;  // "Success", "RetriesExhausted", "EventAgeExceeded"
  std::int64_t runs;           // how often the function ran for it
  const runtime::Ran* ran;     // the last time; null: it could not be run any more
};

inline constexpr std::string_view went_well = "Success";

// The function as it was invoked, with its version or alias.
std::string resource_of(const Ending& ending);
// The record that a destination is sent: JSON, version 1.0.
std::string record_of(const Ending& ending, TimePoint now);
// The message for a dead-letter queue: the event itself, and in attributes what became of it.
Destinations::Message dead_letter_of(const Ending& ending);

}  // namespace everseal::lambda
