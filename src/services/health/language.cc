#include "services/health/language.h"

namespace everseal::health {

std::optional<Language> language_of(const std::optional<std::string>& locale) {
  if (!locale) return Language::English;
  const auto language = locale->substr(0, locale->find_first_of("-_"));
  if (language == "en") return Language::English;
  if (language == "fr") return Language::French;
  if (language == "ja") return Language::Japanese;
  return std::nullopt;
}

}  // namespace everseal::health
