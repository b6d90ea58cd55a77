#include "lambda_neighbours.h"

#include <string>
#include <utility>

#include "aws/arn.h"

namespace everseal::app {

namespace {

sts::RoleSessions::Actor acting(const RolesForLambda::Actor& actor) {
  const auto arn = aws::Arn::parse(actor.function_arn);
  return {.service = std::string(actor.service),
          .source_arn = std::string(actor.function_arn),
          .source_account = arn ? std::string(arn->account()) : std::string()};
}

}  // namespace

Result<bool> RolesForLambda::can_assume(std::string_view role_arn, const Actor& actor) {
  return sessions_.trusts(acting(actor), role_arn);
}

Result<std::optional<RolesForLambda::Credentials>> RolesForLambda::issue(
    std::string_view role_arn, std::string_view session_name, const Actor& actor,
    std::chrono::seconds lifetime) {
  auto made = sessions_.issue(acting(actor), role_arn, session_name, lifetime);
  if (!made) return made.error();
  if (!*made) return std::optional<Credentials>{};
  auto& session = **made;
  return std::optional(Credentials{.access_key_id = std::move(session.access_key_id),
                                   .secret_access_key = std::move(session.secret),
                                   .session_token = std::move(session.session_token),
                                   .expires = session.expires_at});
}

void LogsForLambda::append(const Stream& stream, std::vector<Line> lines) {
  std::vector<logs::Event> events;
  events.reserve(lines.size());
  for (auto& line : lines) events.push_back({.at = line.time, .message = std::move(line.text)});
  const logs::StreamName name{
      .group = {.account = stream.account, .region = stream.region, .name = stream.group},
      .name = stream.stream};
  if (const auto written = writer_.write(name, events); !written) {
    log_.error(
        "lambda.output.lost",
        {{"group", stream.group}, {"lines", lines.size()}, {"cause", written.error().cause}});
  }
}

bool FunctionTarget::takes(std::string_view target_arn) const {
  const auto arn = aws::Arn::parse(target_arn);
  return arn && arn->service() == "lambda" && arn->resource().starts_with("function:");
}

events::DeliveryOutcome FunctionTarget::deliver(const events::Delivery& delivery) {
  const auto rule = aws::Arn::parse(delivery.rule_arn);
  if (!rule) return events::Refused{"NO_PERMISSIONS", "The rule has no account"};
  const auto accepted = invoker_.accept(delivery.target_arn, delivery.payload,
                                        {.service = "events.amazonaws.com",
                                         .account = std::string(rule->account()),
                                         .arn = delivery.rule_arn},
                                        delivery.hops);
  if (accepted) return events::Delivered{};
  const auto& error = accepted.error();
  if (error.code == "ResourceNotFoundException") {
    return events::Refused{"NO_RESOURCE", error.message};
  }
  if (error.code == "AccessDeniedException") {
    return events::Refused{"NO_PERMISSIONS", error.message};
  }
  // Larger than an event of a function may be, perhaps by what its transformer made of it.
  if (error.code == "RequestTooLargeException") {
    return events::Refused{"INVALID_PARAMETER", error.message};
  }
  const bool is_too_much = error.http_status == 429;
  return events::TryAgain{is_too_much ? "THROTTLING" : "INTERNAL_ERROR", error.message};
}

}  // namespace everseal::app
