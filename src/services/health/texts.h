#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/health/event.h"

// What AWS Health says to people.
namespace everseal::health {

enum class Language { English, French, Japanese };

// Of a locale: "en", "fr_FR", "ja-JP". English without one; nothing if we do not speak it.
std::optional<Language> language_of(const std::optional<std::string>& locale);

// The description of an event, its lines separated by `line_break`. "completed the renewal" stands
// in English texts of renewals that succeeded, and in no other: programs look for it.
std::string description_of(const Event& event, Language language, std::string_view line_break);

}  // namespace everseal::health
