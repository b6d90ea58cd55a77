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
#include "services/elbv2/reports.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// DescribeLoadBalancers: those that are named, or all of the account in the region, by name, in
// pages.
struct DescribeLoadBalancers {
  static constexpr std::string_view name = "DescribeLoadBalancers";
  struct Request {
    std::vector<std::string> load_balancer_arns;
    std::vector<std::string> names;
    std::optional<std::string> marker;
    std::optional<std::int32_t> page_size;
    static constexpr auto fields = std::tuple{
        aws::optional("LoadBalancerArns", &Request::load_balancer_arns),
        aws::optional("Names", &Request::names), aws::optional("Marker", &Request::marker),
        aws::optional("PageSize", &Request::page_size, shapes::page_size_range)};
  };
  struct Response {
    std::vector<shapes::LoadBalancer> load_balancers;
    std::optional<std::string> next_marker;
    static constexpr auto fields =
        std::tuple{aws::always("LoadBalancers", &Response::load_balancers),
                   aws::optional("NextMarker", &Response::next_marker)};
  };

  aws::Access access(const Request&, const aws::Call&) const { return aws::on_anything(); }
  // LoadBalancerNotFound: one of those named is not there. ValidationError: both ARNs and names, or
  // the marker is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Reports* reports;  // null: nobody carries anything out
};

}  // namespace everseal::elbv2
