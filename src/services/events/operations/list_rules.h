#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/events/rule_store.h"
#include "services/events/shapes.h"
#include "sql/database.h"

namespace everseal::events {

// ListRules: those of a bus, by name.
struct ListRules {
  static constexpr std::string_view name = "ListRules";
  struct Request {
    std::optional<std::string> name_prefix;
    std::optional<std::string> event_bus_name;
    std::optional<std::string> next_token;
    std::optional<std::int32_t> limit;
    static constexpr auto fields =
        std::tuple{aws::optional("NamePrefix", &Request::name_prefix, aws::length(1, 64),
                                 aws::pattern(shapes::kName)),
                   shapes::bus_name(&Request::event_bus_name),
                   shapes::next_token(&Request::next_token), shapes::limit(&Request::limit)};
  };
  struct Item {
    std::string rule_name;
    std::string arn;
    std::optional<std::string> event_pattern;
    RuleState state{};
    std::optional<std::string> description;
    std::optional<std::string> schedule_expression;
    std::optional<std::string> role_arn;
    std::string event_bus_name;
    static constexpr auto fields =
        std::tuple{aws::always("Name", &Item::rule_name),
                   aws::always("Arn", &Item::arn),
                   aws::optional("EventPattern", &Item::event_pattern),
                   aws::always("State", &Item::state),
                   aws::optional("Description", &Item::description),
                   aws::optional("ScheduleExpression", &Item::schedule_expression),
                   aws::optional("RoleArn", &Item::role_arn),
                   aws::always("EventBusName", &Item::event_bus_name)};
  };
  struct Response {
    std::vector<Item> rules;
    std::optional<std::string> next_token;
    static constexpr auto fields = std::tuple{aws::always("Rules", &Response::rules),
                                              aws::optional("NextToken", &Response::next_token)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: no such bus. ValidationException: a token of another list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::events
