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
#include "services/elbv2/target_group_shape.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// DescribeTargetGroups: those that are named, those of a load balancer, or all of the account in
// the region, by name, in pages.
struct DescribeTargetGroups {
  static constexpr std::string_view name = "DescribeTargetGroups";
  struct Request {
    std::optional<std::string> load_balancer_arn;
    std::vector<std::string> target_group_arns;
    std::vector<std::string> names;
    std::optional<std::string> marker;
    std::optional<std::int32_t> page_size;
    static constexpr auto fields = std::tuple{
        aws::optional("LoadBalancerArn", &Request::load_balancer_arn),
        aws::optional("TargetGroupArns", &Request::target_group_arns),
        aws::optional("Names", &Request::names), aws::optional("Marker", &Request::marker),
        aws::optional("PageSize", &Request::page_size, shapes::page_size_range)};
  };
  struct Response {
    std::vector<shapes::TargetGroup> target_groups;
    std::optional<std::string> next_marker;
    static constexpr auto fields = std::tuple{aws::always("TargetGroups", &Response::target_groups),
                                              aws::optional("NextMarker", &Response::next_marker)};
  };

  aws::Access access(const Request&, const aws::Call&) const { return aws::on_anything(); }
  // TargetGroupNotFound, LoadBalancerNotFound. ValidationError: more than one way to choose, or the
  // marker is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::elbv2
