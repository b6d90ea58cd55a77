#include "services/elbv2/operations/set_networking.h"

#include <utility>

#include "services/elbv2/access.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/networking.h"

namespace everseal::elbv2 {
namespace {

// The load balancer after `change`.
template <class Change>
Result<LoadBalancer, ApiError> changed(sql::Database& database, const aws::Call& call,
                                       const std::string& arn, Change change) {
  return database.write([&](sql::Transaction& tx) -> Result<LoadBalancer, ApiError> {
    auto balancer = own_load_balancer(tx, call, arn);
    if (!balancer) return balancer;
    change(*balancer);
    if (auto kept = change_load_balancer(tx, *balancer); !kept) return kept.error();
    announce_change(tx);
    return balancer;
  });
}

}  // namespace

aws::Access SetSubnets::access(const Request& request, const aws::Call&) const {
  return with_values(access_to(database, request.load_balancer_arn), "elasticloadbalancing:Subnet",
                     subnet_ids(request.subnets, request.subnet_mappings));
}

Result<SetSubnets::Response, ApiError> SetSubnets::operator()(const Request& request,
                                                              const aws::Call& call) const {
  const auto networking = networking_of(request.subnets, request.subnet_mappings);
  if (!networking) return networking.error();
  const auto balancer = changed(database, call, request.load_balancer_arn, [&](LoadBalancer& it) {
    it.networking.subnets = networking->subnets;
    it.ip_address_type = request.ip_address_type.value_or(it.ip_address_type);
  });
  if (!balancer) return balancer.error();
  return Response{zones_of(*balancer), balancer->ip_address_type};
}

aws::Access SetSecurityGroups::access(const Request& request, const aws::Call&) const {
  return with_values(access_to(database, request.load_balancer_arn),
                     "elasticloadbalancing:SecurityGroup", request.security_groups);
}

Result<SetSecurityGroups::Response, ApiError> SetSecurityGroups::operator()(
    const Request& request, const aws::Call& call) const {
  if (request.security_groups.empty()) {
    return invalid_configuration("At least one security group must be specified");
  }
  const auto balancer = changed(database, call, request.load_balancer_arn, [&](LoadBalancer& it) {
    it.networking.security_groups = request.security_groups;
  });
  if (!balancer) return balancer.error();
  return Response{balancer->networking.security_groups};
}

aws::Access SetIpAddressType::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.load_balancer_arn);
}

Result<SetIpAddressType::Response, ApiError> SetIpAddressType::operator()(
    const Request& request, const aws::Call& call) const {
  const auto balancer = changed(database, call, request.load_balancer_arn, [&](LoadBalancer& it) {
    it.ip_address_type = request.ip_address_type;
  });
  if (!balancer) return balancer.error();
  return Response{balancer->ip_address_type};
}

}  // namespace everseal::elbv2
