#include "services/events/archive_rules.h"

#include "services/events/errors.h"
#include "services/events/pattern/pattern.h"

namespace everseal::events {

std::optional<ApiError> refuse_archive(const std::optional<std::string>& event_pattern,
                                       const std::optional<std::string>& kms_key) {
  if (kms_key && !kms_key->empty())
    return invalid("Parameter KmsKeyIdentifier is not supported by Everseal.");
  if (!unless_empty(event_pattern)) return std::nullopt;
  const auto pattern = Pattern::compile(*event_pattern);
  if (!pattern) return invalid_pattern(pattern.error().reason);
  return std::nullopt;
}

std::optional<std::string> unless_empty(const std::optional<std::string>& text) {
  return text && !text->empty() ? text : std::nullopt;
}

}  // namespace everseal::events
