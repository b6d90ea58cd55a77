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
#include "services/elbv2/listener_store.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// DescribeListeners: those that are named, or all of a load balancer, in pages.
struct DescribeListeners {
  static constexpr std::string_view name = "DescribeListeners";
  struct Request {
    std::optional<std::string> load_balancer_arn;
    std::vector<std::string> listener_arns;
    std::optional<std::string> marker;
    std::optional<std::int32_t> page_size;
    static constexpr auto fields =
        std::tuple{aws::optional("LoadBalancerArn", &Request::load_balancer_arn),
                   aws::optional("ListenerArns", &Request::listener_arns),
                   aws::optional("Marker", &Request::marker),
                   aws::optional("PageSize", &Request::page_size, shapes::page_size_range)};
  };
  struct Response {
    std::vector<shapes::Listener> listeners;
    std::optional<std::string> next_marker;
    static constexpr auto fields = std::tuple{aws::always("Listeners", &Response::listeners),
                                              aws::optional("NextMarker", &Response::next_marker)};
  };

  aws::Access access(const Request&, const aws::Call&) const { return aws::on_anything(); }
  // ListenerNotFound, LoadBalancerNotFound. ValidationError: not one way to choose, or the marker
  // is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::elbv2
