#include "services/elbv2/operations/create_load_balancer.h"

#include <utility>

#include "services/elbv2/access.h"
#include "services/elbv2/attributes.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/identifiers.h"
#include "services/elbv2/limits.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/networking.h"
#include "services/elbv2/tag_store.h"

namespace everseal::elbv2 {
namespace {

Result<void, ApiError> check_load_balancer(const CreateLoadBalancer::Request& request) {
  if (auto named = check_name(request.name, "load balancer"); !named) return named;
  if (request.name.starts_with("internal-")) {
    return invalid("The load balancer name '" + request.name + "' cannot begin with 'internal-'");
  }
  const auto type = request.type.value_or(LoadBalancerType::Application);
  if (type != LoadBalancerType::Application) {
    return invalid("Load balancers of type '" + std::string(aws::name_of(type)) +
                   "' are not supported by Everseal");
  }
  return check_tags(request.tags);
}

LoadBalancer new_load_balancer(const CreateLoadBalancer::Request& request, const aws::Call& call,
                               Networking networking, Random& random, TimePoint now) {
  const Scheme scheme = request.scheme.value_or(Scheme::InternetFacing);
  return {.arn = load_balancer_arn(call, request.name, new_id(random)),
          .account = call.caller.account,
          .region = call.region,
          .name = request.name,
          .dns_name = dns_name(request.name, call.region, scheme == Scheme::Internal, random),
          .scheme = scheme,
          .ip_address_type = request.ip_address_type.value_or(IpAddressType::Ipv4),
          .networking = std::move(networking),
          .address = {},
          .created_at = now};
}

bool is_same(const LoadBalancer& left, const LoadBalancer& right) {
  return left.scheme == right.scheme && left.ip_address_type == right.ip_address_type &&
         left.networking == right.networking;
}

Result<void, ApiError> give_address(sql::Transaction& tx, const AddressPool& addresses,
                                    Random& random, LoadBalancer& balancer) {
  const auto taken = taken_addresses(tx);
  if (!taken) return taken.error();
  auto address = addresses.choose(*taken, random);
  if (!address) return no_address_left();
  balancer.address = *std::move(address);
  return {};
}

Result<void, ApiError> add(sql::Transaction& tx, const LoadBalancer& balancer,
                           const aws::Tags& tags) {
  const auto there = count_load_balancers(tx, balancer.account, balancer.region);
  if (!there) return there.error();
  if (*there >= limits::load_balancers) return too_many_load_balancers();
  if (auto added = add_load_balancer(tx, balancer); !added) return added.error();
  if (auto tagged = put_tags(tx, balancer.arn, tags); !tagged) return tagged.error();
  if (balancer.scheme == Scheme::Internal) {
    auto told = put_attributes(tx, balancer.arn, {{"ipv6.deny_all_igw_traffic", "true"}});
    if (!told) return told.error();
  }
  announce_change(tx);
  return {};
}

}  // namespace

aws::Access CreateLoadBalancer::access(const Request& request, const aws::Call& call) const {
  const std::string made = load_balancer_arn(call, request.name, "*");
  const auto scheme = aws::name_of(request.scheme.value_or(Scheme::InternetFacing));
  auto access = with_new_tags(aws::on(made), request.tags, name, made);
  access = with_values(std::move(access), "elasticloadbalancing:Scheme", {std::string(scheme)});
  access = with_values(std::move(access), "elasticloadbalancing:Subnet",
                       subnet_ids(request.subnets, request.subnet_mappings));
  return with_values(std::move(access), "elasticloadbalancing:SecurityGroup",
                     request.security_groups);
}

Result<CreateLoadBalancer::Response, ApiError> CreateLoadBalancer::operator()(
    const Request& request, const aws::Call& call) const {
  if (auto fine = check_load_balancer(request); !fine) return fine.error();
  auto networking = networking_of(request.subnets, request.subnet_mappings);
  if (!networking) return networking.error();
  networking->security_groups = request.security_groups;
  if (const auto hindrance = reports == nullptr ? std::nullopt : reports->hindrance())
    return not_permitted("Load balancers cannot be carried out here: " + *hindrance);
  LoadBalancer balancer =
      new_load_balancer(request, call, *std::move(networking), random, clock.now());
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto old = find_load_balancer_named(tx, balancer.account, balancer.region, balancer.name);
    if (!old) return old.error();
    if (*old && !is_same(**old, balancer)) return load_balancer_exists(balancer.name);
    if (*old) return Response{{shown(**old, reports)}};
    if (auto given = give_address(tx, addresses, random, balancer); !given) return given.error();
    if (auto added = add(tx, balancer, shapes::pairs(request.tags)); !added) return added.error();
    return Response{{shown(balancer, reports)}};
  });
}

}  // namespace everseal::elbv2
