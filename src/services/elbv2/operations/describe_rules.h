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
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// DescribeRules: those that are named, or all of a listener by priority, the default one last, in
// pages.
struct DescribeRules {
  static constexpr std::string_view name = "DescribeRules";
  struct Request {
    std::optional<std::string> listener_arn;
    std::vector<std::string> rule_arns;
    std::optional<std::string> marker;
    std::optional<std::int32_t> page_size;
    static constexpr auto fields = std::tuple{
        aws::optional("ListenerArn", &Request::listener_arn),
        aws::optional("RuleArns", &Request::rule_arns), aws::optional("Marker", &Request::marker),
        aws::optional("PageSize", &Request::page_size, shapes::page_size_range)};
  };
  struct Response {
    std::vector<shapes::Rule> rules;
    std::optional<std::string> next_marker;
    static constexpr auto fields = std::tuple{aws::always("Rules", &Response::rules),
                                              aws::optional("NextMarker", &Response::next_marker)};
  };

  aws::Access access(const Request&, const aws::Call&) const { return aws::on_anything(); }
  // ListenerNotFound, RuleNotFound. ValidationError: not one way to choose, or the marker is not
  // one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::elbv2
