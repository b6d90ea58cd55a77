#include "services/events/destinations/target.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "aws/arn.h"
#include "clock/time_text.h"
#include "services/events/destinations/authorization.h"
#include "services/events/destinations/connection_store.h"
#include "services/events/destinations/names.h"
#include "services/events/destinations/outgoing_request.h"

namespace everseal::events::destinations {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kLongestWait = std::chrono::hours{24};

bool is_own(std::string_view target_arn, std::string_view rule_arn) {
  const auto target = aws::Arn::parse(target_arn);
  const auto rule = aws::Arn::parse(rule_arn);
  return target && rule && target->account() == rule->account() &&
         target->region() == rule->region();
}

// RFC 9110, 10.2.3: seconds or a date. A negative number is no one's wish to be asked again.
std::optional<milliseconds> retry_after(const http::Response& answer, TimePoint now) {
  const auto text = answer.headers.find("Retry-After");
  if (!text) return std::nullopt;
  if (const auto date = parse_http_date(*text))
    return std::clamp<milliseconds>(*date - now, milliseconds{0}, kLongestWait);
  std::int64_t number = 0;
  const auto* end = text->data() + text->size();
  const auto [read, error] = std::from_chars(text->data(), end, number);
  if (error == std::errc::result_out_of_range) return kLongestWait;
  if (error != std::errc{} || read != end) return std::nullopt;
  return std::min<milliseconds>(seconds{std::clamp<std::int64_t>(number, -1, 86400)}, kLongestWait);
}

std::string_view code_of(int status) {
  if (status == 401 || status == 403 || status == 407) return kNoPermissions;
  if (status == 429) return "THROTTLING";
  return status >= 500 ? "INTERNAL_ERROR" : "SDK_CLIENT_ERROR";
}

bool may_work_later(int status) {
  return status == 401 || status == 407 || status == 409 || status == 429 || status >= 500;
}

}  // namespace

DeliveryOutcome outcome_of(const http::Response& answer, TimePoint now) {
  const auto status = answer.status;
  if (status >= 200 && status < 300) return Delivered{};
  const std::string code{code_of(status)};
  const auto message = "The API destination answered with status " + std::to_string(status);
  const auto after = retry_after(answer, now);
  const bool is_never = after && *after < milliseconds{0};
  if (!may_work_later(status) || is_never) return Refused{code, message};
  return TryAgain{code, message, after};
}

bool ApiDestinations::takes(std::string_view target_arn) const {
  return api_destination_in(target_arn).has_value();
}

Result<std::optional<ApiDestinations::Way>> ApiDestinations::find(std::string_view arn) const {
  return parts_.database.read([&](sql::Snapshot& view) -> Result<std::optional<Way>> {
    auto destination = find_destination_by_arn(view, arn);
    if (!destination) return destination.error();
    if (!*destination) return std::optional<Way>();
    auto connection = find_connection_by_arn(view, (*destination)->connection_arn);
    if (!connection) return connection.error();
    return std::optional(Way{**std::move(destination), *std::move(connection)});
  });
}

DeliveryOutcome ApiDestinations::deliver(const Delivery& delivery) {
  if (!is_own(delivery.target_arn, delivery.rule_arn))
    return Refused{std::string(kNoPermissions),
                   "The API destination is another account's or region's"};
  const auto way = find(delivery.target_arn);
  if (!way) return TryAgain{"INTERNAL_ERROR", "The API destination could not be read", {}};
  if (!*way) return Refused{"NO_RESOURCE", "The API destination does not exist"};
  if (!(*way)->connection || !(*way)->connection->sealed)
    return TryAgain{std::string(kNoPermissions),
                    "The connection of the API destination is gone or not authorized",
                    {}};
  const auto& destination = (*way)->destination;
  if (const auto later = pace_.ask(destination.arn, destination.rate, parts_.clock.now()))
    return NotYet{*later};
  return send(**way, delivery);
}

DeliveryOutcome ApiDestinations::send(const Way& way, const Delivery& delivery) {
  const auto& connection = *way.connection;
  const auto authorization = open(parts_.vault, connection.arn, *connection.sealed);
  if (!authorization) {
    parts_.log.error("events.connection.unreadable",
                     {{"connection", connection.arn}, {"cause", authorization.error().cause}});
    return TryAgain{"INTERNAL_ERROR", "The connection could not be read", {}};
  }
  const auto token = parts_.tokens.get(connection, *authorization);
  if (!token) return token.error();
  const auto request = request_for(way.destination, *authorization, delivery, *token);
  if (!request) return request.error();
  const auto answer = parts_.outbound.send(*request, Needs::Status);
  if (!answer) return answer.error();
  if (answer->status == 401 || answer->status == 407) parts_.tokens.forget(connection, *token);
  return outcome_of(*answer, parts_.clock.now());
}

}  // namespace everseal::events::destinations
