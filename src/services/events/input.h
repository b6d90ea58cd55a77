#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "result/result.h"
#include "services/events/json/json.h"
#include "services/events/names.h"
#include "services/events/shapes.h"

namespace everseal::events {

// What is wrong with the Input, InputPath or InputTransformer of a target, as a sentence for its
// owner; nothing if it can be used.
std::optional<std::string> refuse_input(const shapes::Target& target);

// What a target is given: the event, or what its Input, InputPath or InputTransformer make of it.
std::string input_for(const shapes::Target& target, const std::string& event, const RuleName& rule,
                      TimePoint received_at);

}  // namespace everseal::events
