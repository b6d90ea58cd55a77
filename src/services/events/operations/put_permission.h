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

// PutPermission: lets another account put events on a bus, or gives the bus another policy. Counts
// from the next request on.
struct PutPermission {
  static constexpr std::string_view name = "PutPermission";
  struct Condition {
    std::string type;
    std::string key;
    std::string value;
    static constexpr auto fields =
        std::tuple{aws::required("Type", &Condition::type), aws::required("Key", &Condition::key),
                   aws::required("Value", &Condition::value)};
  };
  struct Request {
    std::optional<std::string> bus_name;
    std::optional<std::string> action;
    std::optional<std::string> principal;
    std::optional<std::string> statement_id;
    std::optional<Condition> condition;
    std::optional<std::string> policy;
    static constexpr auto fields =
        std::tuple{aws::optional("EventBusName", &Request::bus_name, aws::length(1, 256),
                                 aws::pattern(shapes::kName)),
                   aws::optional("Action", &Request::action, aws::length(1, 64),
                                 aws::pattern(R"(events:[a-zA-Z]+)")),
                   aws::optional("Principal", &Request::principal, aws::length(1, 12),
                                 aws::pattern(R"((\d{12}|\*))")),
                   aws::optional("StatementId", &Request::statement_id, aws::length(1, 64),
                                 aws::pattern(kStatementId)),
                   aws::optional("Condition", &Request::condition),
                   aws::optional("Policy", &Request::policy)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: no such bus. PolicyLengthExceededException: over 10,240 characters.
  // ValidationException: neither a policy nor the parts of a statement, or both, or not of the
  // policy language.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::events
