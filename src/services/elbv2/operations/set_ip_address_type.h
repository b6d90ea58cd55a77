#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// SetIpAddressType: which kinds of addresses clients come from.
struct SetIpAddressType {
  static constexpr std::string_view name = "SetIpAddressType";
  struct Request {
    std::string load_balancer_arn;
    IpAddressType ip_address_type = IpAddressType::Ipv4;
    static constexpr auto fields =
        std::tuple{aws::required("LoadBalancerArn", &Request::load_balancer_arn),
                   aws::required("IpAddressType", &Request::ip_address_type)};
  };
  struct Response {
    IpAddressType ip_address_type = IpAddressType::Ipv4;
    static constexpr auto fields =
        std::tuple{aws::required("IpAddressType", &Response::ip_address_type)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // LoadBalancerNotFound.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::elbv2
