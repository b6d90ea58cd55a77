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
#include "random/random.h"
#include "result/result.h"
#include "services/events/shapes.h"
#include "sql/database.h"

namespace everseal::events {

// DeleteRule: done also if there is none.
struct DeleteRule {
  static constexpr std::string_view name = "DeleteRule";
  struct Request {
    std::string rule_name;
    std::optional<std::string> event_bus_name;
    std::optional<bool> force;
    static constexpr auto fields = std::tuple{shapes::rule_name("Name", &Request::rule_name),
                                              shapes::bus_name(&Request::event_bus_name),
                                              aws::optional("Force", &Request::force)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ValidationException: it has targets. ResourceNotFoundException: no such bus.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  Random& random;
};

}  // namespace everseal::events
