#include "services/elbv2/operations/set_ip_address_type.h"

#include "services/elbv2/access.h"
#include "services/elbv2/networking.h"

namespace everseal::elbv2 {

aws::Access SetIpAddressType::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.load_balancer_arn);
}

Result<SetIpAddressType::Response, ApiError> SetIpAddressType::operator()(
    const Request& request, const aws::Call& call) const {
  const auto balancer =
      change_networking(database, call, request.load_balancer_arn,
                        [&](LoadBalancer& it) { it.ip_address_type = request.ip_address_type; });
  if (!balancer) return balancer.error();
  return Response{balancer->ip_address_type};
}

}  // namespace everseal::elbv2
