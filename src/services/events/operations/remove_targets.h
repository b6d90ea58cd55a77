#pragma once

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
#include "random/random.h"
#include "result/result.h"
#include "services/events/shapes.h"
#include "services/events/targets_answer.h"
#include "sql/database.h"

namespace everseal::events {

// RemoveTargets: with the events that still wait for them. Ids that the rule has not are entries of
// the answer.
struct RemoveTargets {
  static constexpr std::string_view name = "RemoveTargets";
  struct Request {
    std::string rule;
    std::optional<std::string> event_bus_name;
    std::vector<std::string> ids;
    std::optional<bool> force;
    static constexpr auto fields = std::tuple{
        shapes::rule_name("Rule", &Request::rule), shapes::bus_name(&Request::event_bus_name),
        aws::required("Ids", &Request::ids, aws::length(1, 100),
                      aws::each(aws::length(1, 64), aws::pattern(shapes::kName))),
        aws::optional("Force", &Request::force)};
  };
  using Response = TargetsAnswer;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: no such rule.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  Random& random;
};

}  // namespace everseal::events
