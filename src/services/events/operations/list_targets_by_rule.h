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

// ListTargetsByRule: by Id.
struct ListTargetsByRule {
  static constexpr std::string_view name = "ListTargetsByRule";
  struct Request {
    std::string rule;
    std::optional<std::string> event_bus_name;
    std::optional<std::string> next_token;
    std::optional<std::int32_t> limit;
    static constexpr auto fields = std::tuple{
        shapes::rule_name("Rule", &Request::rule), shapes::bus_name(&Request::event_bus_name),
        shapes::next_token(&Request::next_token), shapes::limit(&Request::limit)};
  };
  struct Response {
    std::vector<shapes::Target> targets;
    std::optional<std::string> next_token;
    static constexpr auto fields = std::tuple{aws::always("Targets", &Response::targets),
                                              aws::optional("NextToken", &Response::next_token)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: no such rule. ValidationException: a token of another list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::events
