#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/events/shapes.h"
#include "sql/database.h"

namespace everseal::events {

// ListEventBuses: those of the account in the region, by name.
struct ListEventBuses {
  static constexpr std::string_view name = "ListEventBuses";
  struct Request {
    std::optional<std::string> name_prefix;
    std::optional<std::string> next_token;
    std::optional<std::int32_t> limit;
    static constexpr auto fields =
        std::tuple{aws::optional("NamePrefix", &Request::name_prefix, aws::length(1, 256),
                                 aws::pattern(shapes::kBusName)),
                   shapes::next_token(&Request::next_token), shapes::limit(&Request::limit)};
  };
  struct EventBus {
    std::string bus_name;
    std::string arn;
    std::optional<std::string> description;
    std::optional<std::string> policy;
    std::optional<TimePoint> creation_time;
    std::optional<TimePoint> last_modified_time;
    static constexpr auto fields =
        std::tuple{aws::always("Name", &EventBus::bus_name),
                   aws::always("Arn", &EventBus::arn),
                   aws::optional("Description", &EventBus::description),
                   aws::optional("Policy", &EventBus::policy),
                   aws::optional("CreationTime", &EventBus::creation_time),
                   aws::optional("LastModifiedTime", &EventBus::last_modified_time)};
  };
  struct Response {
    std::vector<EventBus> event_buses;
    std::optional<std::string> next_token;
    static constexpr auto fields = std::tuple{aws::always("EventBuses", &Response::event_buses),
                                              aws::optional("NextToken", &Response::next_token)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ValidationException: the token is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::events
