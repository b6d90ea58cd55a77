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
#include "clock/clock.h"
#include "random/random.h"
#include "result/result.h"
#include "services/elbv2/address_pool.h"
#include "services/elbv2/reports.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// CreateLoadBalancer: an application load balancer, without listeners yet. Subnets and security
// groups are kept as they are said.
struct CreateLoadBalancer {
  static constexpr std::string_view name = "CreateLoadBalancer";
  struct Request {
    std::string name;
    std::vector<std::string> subnets;
    std::vector<shapes::SubnetMapping> subnet_mappings;
    std::vector<std::string> security_groups;
    std::optional<Scheme> scheme;
    std::vector<shapes::Tag> tags;
    std::optional<LoadBalancerType> type;
    std::optional<IpAddressType> ip_address_type;
    static constexpr auto fields =
        std::tuple{aws::required("Name", &Request::name),
                   aws::optional("Subnets", &Request::subnets),
                   aws::optional("SubnetMappings", &Request::subnet_mappings),
                   aws::optional("SecurityGroups", &Request::security_groups),
                   aws::optional("Scheme", &Request::scheme),
                   aws::optional("Tags", &Request::tags, shapes::tag_count),
                   aws::optional("Type", &Request::type),
                   aws::optional("IpAddressType", &Request::ip_address_type)};
  };
  struct Response {
    std::vector<shapes::LoadBalancer> load_balancers;
    static constexpr auto fields =
        std::tuple{aws::always("LoadBalancers", &Response::load_balancers)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // One of that name with the same settings is answered as it is.
  // DuplicateLoadBalancerName: it has other settings. TooManyLoadBalancers: there are 50, or
  // no address is left. OperationNotPermitted: nothing here can carry them out.
  // ValidationError: no name for one, no subnet, subnets and mappings together, another type.
  // DuplicateTagKeys, TooManyTags.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const AddressPool& addresses;
  const Reports* reports;  // null: nobody carries anything out
  Random& random;
  const Clock& clock;
};

}  // namespace everseal::elbv2
