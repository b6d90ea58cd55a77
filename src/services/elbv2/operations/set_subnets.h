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
#include "result/result.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// SetSubnets: where the load balancer stands, instead of what was said before.
struct SetSubnets {
  static constexpr std::string_view name = "SetSubnets";
  struct Request {
    std::string load_balancer_arn;
    std::vector<std::string> subnets;
    std::vector<shapes::SubnetMapping> subnet_mappings;
    std::optional<IpAddressType> ip_address_type;
    static constexpr auto fields =
        std::tuple{aws::required("LoadBalancerArn", &Request::load_balancer_arn),
                   aws::optional("Subnets", &Request::subnets),
                   aws::optional("SubnetMappings", &Request::subnet_mappings),
                   aws::optional("IpAddressType", &Request::ip_address_type)};
  };
  struct Response {
    std::vector<shapes::AvailabilityZone> availability_zones;
    IpAddressType ip_address_type = IpAddressType::Ipv4;
    static constexpr auto fields =
        std::tuple{aws::always("AvailabilityZones", &Response::availability_zones),
                   aws::required("IpAddressType", &Response::ip_address_type)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // LoadBalancerNotFound. ValidationError: as CreateLoadBalancer.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::elbv2
