#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/events/rule_store.h"
#include "services/events/shapes.h"
#include "sql/database.h"

namespace everseal::events {

// DescribeRule
struct DescribeRule {
  static constexpr std::string_view name = "DescribeRule";
  using Request = shapes::RuleRequest;
  struct Response {
    std::string rule_name;
    std::string arn;
    std::optional<std::string> event_pattern;
    std::optional<std::string> schedule_expression;
    RuleState state{};
    std::optional<std::string> description;
    std::optional<std::string> role_arn;
    std::string event_bus_name;
    std::string created_by;
    static constexpr auto fields =
        std::tuple{aws::always("Name", &Response::rule_name),
                   aws::always("Arn", &Response::arn),
                   aws::optional("EventPattern", &Response::event_pattern),
                   aws::optional("ScheduleExpression", &Response::schedule_expression),
                   aws::always("State", &Response::state),
                   aws::optional("Description", &Response::description),
                   aws::optional("RoleArn", &Response::role_arn),
                   aws::always("EventBusName", &Response::event_bus_name),
                   aws::always("CreatedBy", &Response::created_by)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::events
