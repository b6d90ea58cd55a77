#include "services/elbv2/operations/set_security_groups.h"

#include "services/elbv2/access.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/networking.h"

namespace everseal::elbv2 {

aws::Access SetSecurityGroups::access(const Request& request, const aws::Call&) const {
  return with_values(access_to(database, request.load_balancer_arn),
                     "elasticloadbalancing:SecurityGroup", request.security_groups);
}

Result<SetSecurityGroups::Response, ApiError> SetSecurityGroups::operator()(
    const Request& request, const aws::Call& call) const {
  if (request.security_groups.empty()) {
    return invalid_configuration("At least one security group must be specified");
  }
  const auto balancer = change_networking(
      database, call, request.load_balancer_arn,
      [&](LoadBalancer& it) { it.networking.security_groups = request.security_groups; });
  if (!balancer) return balancer.error();
  return Response{balancer->networking.security_groups};
}

}  // namespace everseal::elbv2
