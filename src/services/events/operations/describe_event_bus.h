#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/events/shapes.h"
#include "sql/database.h"

namespace everseal::events {

// DescribeEventBus: the default one unless another is named.
struct DescribeEventBus {
  static constexpr std::string_view name = "DescribeEventBus";
  struct Request {
    std::optional<std::string> bus_name;
    static constexpr auto fields = std::tuple{aws::optional(
        "Name", &Request::bus_name, aws::length(1, 1600), aws::pattern(shapes::kBusNameOrArn))};
  };
  struct Response {
    std::string bus_name;
    std::string arn;
    std::optional<std::string> description;
    std::optional<std::string> policy;
    std::optional<TimePoint> creation_time;
    std::optional<TimePoint> last_modified_time;
    static constexpr auto fields =
        std::tuple{aws::always("Name", &Response::bus_name),
                   aws::always("Arn", &Response::arn),
                   aws::optional("Description", &Response::description),
                   aws::optional("Policy", &Response::policy),
                   aws::optional("CreationTime", &Response::creation_time),
                   aws::optional("LastModifiedTime", &Response::last_modified_time)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::events
