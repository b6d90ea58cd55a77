#include "targets_of_events.h"

#include <optional>
#include <string>

#include "aws/arn.h"

namespace everseal::app {

namespace {

// "arn:aws:logs:<region>:<account>:log-group:<name>", with or without ":*" behind it.
std::optional<logs::GroupName> group_in(std::string_view target_arn) {
  constexpr std::string_view before = "log-group:";
  constexpr std::string_view behind = ":*";
  const auto arn = aws::Arn::parse(target_arn);
  if (!arn || arn->service() != "logs" || !arn->resource().starts_with(before)) return std::nullopt;
  std::string_view name = arn->resource();
  name.remove_prefix(before.size());
  if (name.ends_with(behind)) name.remove_suffix(behind.size());
  if (name.empty() || name.find(':') != std::string_view::npos) return std::nullopt;
  return logs::GroupName{.account = std::string(arn->account()),
                         .region = std::string(arn->region()),
                         .name = std::string(name)};
}

// "[BUS/]RULE", as a stream may be called.
std::string stream_of(const aws::Arn& rule) {
  const auto resource = std::string(rule.resource());
  return resource.substr(resource.find('/') + 1);
}

}  // namespace

bool LogGroupTarget::takes(std::string_view target_arn) const {
  return group_in(target_arn).has_value();
}

events::DeliveryOutcome LogGroupTarget::deliver(const events::Delivery& delivery) {
  const auto group = group_in(delivery.target_arn);
  const auto rule = aws::Arn::parse(delivery.rule_arn);
  const bool is_own =
      group && rule && group->account == rule->account() && group->region == rule->region();
  if (!is_own) {
    return events::Refused{"NO_PERMISSIONS", "The log group is another account's or region's"};
  }
  const auto written = writer_.write({.group = *group, .name = stream_of(*rule)},
                                     {{.at = clock_.now(), .message = delivery.payload}});
  if (!written) return events::TryAgain{"INTERNAL_ERROR", "The log group could not be written to"};
  return events::Delivered{};
}

}  // namespace everseal::app
