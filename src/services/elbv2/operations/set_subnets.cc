#include "services/elbv2/operations/set_subnets.h"

#include "services/elbv2/access.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/networking.h"

namespace everseal::elbv2 {

aws::Access SetSubnets::access(const Request& request, const aws::Call&) const {
  return with_values(access_to(database, request.load_balancer_arn), "elasticloadbalancing:Subnet",
                     subnet_ids(request.subnets, request.subnet_mappings));
}

Result<SetSubnets::Response, ApiError> SetSubnets::operator()(const Request& request,
                                                              const aws::Call& call) const {
  const auto networking = networking_of(request.subnets, request.subnet_mappings);
  if (!networking) return networking.error();
  const auto balancer =
      change_networking(database, call, request.load_balancer_arn, [&](LoadBalancer& it) {
        it.networking.subnets = networking->subnets;
        it.ip_address_type = request.ip_address_type.value_or(it.ip_address_type);
      });
  if (!balancer) return balancer.error();
  return Response{zones_of(*balancer), balancer->ip_address_type};
}

}  // namespace everseal::elbv2
