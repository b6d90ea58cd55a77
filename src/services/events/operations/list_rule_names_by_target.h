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
#include "services/events/shapes.h"
#include "sql/database.h"

namespace everseal::events {

// ListRuleNamesByTarget: the rules of a bus that have this target.
struct ListRuleNamesByTarget {
  static constexpr std::string_view name = "ListRuleNamesByTarget";
  struct Request {
    std::string target_arn;
    std::optional<std::string> event_bus_name;
    std::optional<std::string> next_token;
    std::optional<std::int32_t> limit;
    static constexpr auto fields =
        std::tuple{aws::required("TargetArn", &Request::target_arn, aws::length(1, 1600)),
                   shapes::bus_name(&Request::event_bus_name),
                   shapes::next_token(&Request::next_token), shapes::limit(&Request::limit)};
  };
  struct Response {
    std::vector<std::string> rule_names;
    std::optional<std::string> next_token;
    static constexpr auto fields = std::tuple{aws::always("RuleNames", &Response::rule_names),
                                              aws::optional("NextToken", &Response::next_token)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: no such bus. ValidationException: a token of another list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::events
