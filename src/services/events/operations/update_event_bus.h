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

// UpdateEventBus: another description. The default bus unless another is named.
struct UpdateEventBus {
  static constexpr std::string_view name = "UpdateEventBus";
  struct Request {
    std::optional<std::string> bus_name;
    std::optional<std::string> description;
    static constexpr auto fields =
        std::tuple{aws::optional("Name", &Request::bus_name, aws::length(1, 256),
                                 aws::pattern(shapes::kBusName)),
                   aws::optional("Description", &Request::description, aws::length(0, 512))};
  };
  struct Response {
    std::string arn;
    std::string bus_name;
    std::optional<std::string> description;
    static constexpr auto fields =
        std::tuple{aws::always("Arn", &Response::arn), aws::always("Name", &Response::bus_name),
                   aws::optional("Description", &Response::description)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::events
