#pragma once

#include <string>
#include <string_view>

#include "services/health/event.h"
#include "services/health/language.h"

// What AWS Health says to people.
namespace everseal::health {

// The description of an event, its lines separated by `line_break`. "completed the renewal" stands
// in English texts of renewals that succeeded, and in no other: programs look for it.
std::string description_of(const Event& event, Language language, std::string_view line_break);

// Why nothing is told of an event.
std::string_view no_such_event(Language language);

}  // namespace everseal::health
