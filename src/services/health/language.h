#pragma once

#include <optional>
#include <string>

namespace everseal::health {

enum class Language { English, French, Japanese };

// Of a locale: "en", "fr_FR", "ja-JP". English without one; nothing if we do not speak it.
std::optional<Language> language_of(const std::optional<std::string>& locale);

}  // namespace everseal::health
