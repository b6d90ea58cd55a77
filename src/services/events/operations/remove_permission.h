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
#include "services/events/bus_policy.h"
#include "services/events/shapes.h"
#include "sql/database.h"

namespace everseal::events {

// RemovePermission: takes one statement out of the policy of a bus, or all. Counts from the next
// request on.
struct RemovePermission {
  static constexpr std::string_view name = "RemovePermission";
  struct Request {
    std::optional<std::string> statement_id;
    std::optional<bool> remove_all_permissions;
    std::optional<std::string> bus_name;
    static constexpr auto fields =
        std::tuple{aws::optional("StatementId", &Request::statement_id, aws::length(1, 64),
                                 aws::pattern(kStatementId)),
                   aws::optional("RemoveAllPermissions", &Request::remove_all_permissions),
                   aws::optional("EventBusName", &Request::bus_name, aws::length(1, 256),
                                 aws::pattern(shapes::kName))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: no such bus, or it has no policy or no such statement.
  // ValidationException: neither a statement is named nor all.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::events
