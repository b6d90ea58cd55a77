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
#include "services/events/rule_store.h"
#include "services/events/shapes.h"
#include "sql/database.h"

namespace everseal::events {

// PutRule: what events its targets want, and when they are told of a planned minute. A rule of that
// name is replaced wholly; it keeps its targets, its tags, and the plan of a schedule that stays.
struct PutRule {
  static constexpr std::string_view name = "PutRule";
  struct Request {
    std::string rule_name;
    std::optional<std::string> schedule_expression;
    std::optional<std::string> event_pattern;
    std::optional<RuleState> state;
    std::optional<std::string> description;
    std::optional<std::string> role_arn;
    std::vector<shapes::Tag> tags;
    std::optional<std::string> event_bus_name;
    static constexpr auto fields = std::tuple{
        shapes::rule_name("Name", &Request::rule_name),
        aws::optional("ScheduleExpression", &Request::schedule_expression, aws::length(0, 256)),
        aws::optional("EventPattern", &Request::event_pattern, aws::length(0, 4096)),
        aws::optional("State", &Request::state),
        aws::optional("Description", &Request::description, aws::length(0, 512)),
        aws::optional("RoleArn", &Request::role_arn, aws::length(1, 1600)),
        aws::optional("Tags", &Request::tags),
        shapes::bus_name(&Request::event_bus_name)};
  };
  struct Response {
    std::string rule_arn;
    static constexpr auto fields = std::tuple{aws::always("RuleArn", &Response::rule_arn)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidEventPatternException. ValidationException: neither pattern nor schedule, a schedule
  // that is none, or one on another bus than the default one. ResourceNotFoundException: no such
  // bus. LimitExceededException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  Random& random;
};

}  // namespace everseal::events
