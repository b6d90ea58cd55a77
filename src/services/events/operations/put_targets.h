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
#include "services/events/dead_letters.h"
#include "services/events/shapes.h"
#include "services/events/target.h"
#include "services/events/targets_answer.h"
#include "sql/database.h"

namespace everseal::events {

// PutTargets: who hears of what a rule wants. One of the same Id is replaced.
struct PutTargets {
  static constexpr std::string_view name = "PutTargets";
  struct Request {
    std::string rule;
    std::optional<std::string> event_bus_name;
    std::vector<shapes::Target> targets;
    static constexpr auto fields = std::tuple{
        shapes::rule_name("Rule", &Request::rule), shapes::bus_name(&Request::event_bus_name),
        aws::required("Targets", &Request::targets, aws::length(1, 100))};
  };
  using Response = TargetsAnswer;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: no such rule. LimitExceededException: more than five targets.
  // ValidationException: an ARN that nobody here takes, or an input that cannot be used.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  Random& random;
  const Targets& kinds;
  const DeadLetterQueues* dead_letters;  // null: there are none
};

}  // namespace everseal::events
