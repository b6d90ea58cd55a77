#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/events/shapes.h"
#include "sql/database.h"

namespace everseal::events {

// DeleteEventBus: done also if there is none.
struct DeleteEventBus {
  static constexpr std::string_view name = "DeleteEventBus";
  struct Request {
    std::string bus_name;
    static constexpr auto fields = std::tuple{aws::required(
        "Name", &Request::bus_name, aws::length(1, 256), aws::pattern(shapes::kBusName))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ValidationException: it is the default bus, or has rules or archives.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::events
