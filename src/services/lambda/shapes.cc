#include "services/lambda/shapes.h"

#include <optional>
#include <string>

#include "clock/time_text.h"

namespace everseal::lambda::shapes {

namespace {

// Nobody is an empty structure.
std::optional<Destination> shown_destination(const std::string& arn) {
  return Destination{arn.empty() ? std::nullopt : std::optional(arn)};
}

}  // namespace

Configuration shown(const Function& function) {
  Configuration shown;
  shown.function_name = function.name;
  shown.function_arn = function.invoked_arn();
  shown.version = function.version;
  shown.runtime = function.runtime;
  shown.role = function.role;
  if (!function.handler.empty()) shown.handler = function.handler;
  shown.code_size = function.code_size;
  shown.description = function.description;
  shown.timeout = function.timeout_seconds;
  shown.memory_size = function.memory_megabytes;
  shown.last_modified = to_iso8601_millis(function.modified_at);
  shown.last_modified.replace(shown.last_modified.size() - 1, 1, "+0000");
  shown.code_sha256 = function.code_sha256;
  if (!function.environment.empty()) shown.environment = Environment{function.environment};
  if (!function.dead_letters.empty()) {
    shown.dead_letter_config = DeadLetterConfig{function.dead_letters};
  }
  shown.revision_id = function.revision_id;
#if defined(__aarch64__)
  shown.architectures = {"arm64"};
#else
  shown.architectures = {"x86_64"};
#endif
  shown.ephemeral_storage.size = function.temporary_megabytes;
  shown.logging_config.log_group = "/aws/lambda/" + function.name;
  return shown;
}

void tell(EventConfig& events, const DestinationConfig& wishes) {
  if (wishes.on_success) events.on_success = wishes.on_success->destination.value_or("");
  if (wishes.on_failure) events.on_failure = wishes.on_failure->destination.value_or("");
}

EventInvokeConfig shown_events(const Function& function) {
  return {.last_modified = function.events.configured_at.value_or(TimePoint{}),
          .function_arn = function.arn + ":$LATEST",
          .maximum_retry_attempts = function.events.retries,
          .maximum_event_age_in_seconds = function.events.age_seconds,
          .destination_config = {shown_destination(function.events.on_success),
                                 shown_destination(function.events.on_failure)}};
}

}  // namespace everseal::lambda::shapes
