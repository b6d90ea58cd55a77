#include "services/elbv2/operations/delete_load_balancer.h"

#include "services/elbv2/access.h"
#include "services/elbv2/attributes.h"
#include "services/elbv2/certificate_use.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/identifiers.h"
#include "services/elbv2/load_balancer_store.h"

namespace everseal::elbv2 {
namespace {

Result<void, ApiError> check_unprotected(sql::Snapshot& view, const std::string& arn) {
  const auto attributes = attributes_of(view, arn, load_balancer_attributes());
  if (!attributes) return attributes.error();
  if (value_of(*attributes, "deletion_protection.enabled") != "true") return {};
  return not_permitted("Load balancer '" + arn +
                       "' cannot be deleted because deletion protection is enabled");
}

}  // namespace

aws::Access DeleteLoadBalancer::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.load_balancer_arn);
}

Result<shapes::Nothing, ApiError> DeleteLoadBalancer::operator()(const Request& request,
                                                                 const aws::Call& call) const {
  const std::string& arn = request.load_balancer_arn;
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Nothing, ApiError> {
    const auto found = own_load_balancer(tx, call, arn);
    if (!found && found.error().code == "LoadBalancerNotFound") return shapes::Nothing{};
    if (!found) return found.error();
    if (auto may = check_unprotected(tx, arn); !may) return may.error();
    if (auto removed = remove_listeners_of(tx, certificates, arn); !removed) return removed.error();
    if (auto removed = remove_load_balancer(tx, arn); !removed) return removed.error();
    announce_change(tx);
    return shapes::Nothing{};
  });
}

}  // namespace everseal::elbv2
