#include "services/elbv2/networking.h"

#include <set>

#include "services/elbv2/errors.h"

namespace everseal::elbv2 {

std::vector<std::string> subnet_ids(const std::vector<std::string>& subnets,
                                    const std::vector<shapes::SubnetMapping>& mappings) {
  std::vector<std::string> ids = subnets;
  for (const shapes::SubnetMapping& mapping : mappings) {
    if (mapping.subnet_id) ids.push_back(*mapping.subnet_id);
  }
  return ids;
}

Result<Networking, ApiError> networking_of(const std::vector<std::string>& subnets,
                                           const std::vector<shapes::SubnetMapping>& mappings) {
  if (!subnets.empty() && !mappings.empty()) {
    return invalid("You can specify either subnets or subnet mappings, not both");
  }
  Networking networking{mappings, {}};
  for (const std::string& subnet : subnets) networking.subnets.push_back({subnet, {}, {}, {}, {}});
  if (networking.subnets.empty()) return invalid("At least one subnet must be specified");
  std::set<std::string> ids;
  for (const shapes::SubnetMapping& subnet : networking.subnets) {
    if (subnet.subnet_id.value_or("").empty()) return invalid("A subnet mapping has no subnet ID");
    if (!ids.insert(*subnet.subnet_id).second) {
      return invalid("The subnet '" + *subnet.subnet_id + "' was specified more than once");
    }
  }
  return networking;
}

Result<LoadBalancer, ApiError> change_networking(sql::Database& database, const aws::Call& call,
                                                 const std::string& arn,
                                                 const std::function<void(LoadBalancer&)>& change) {
  return database.write([&](sql::Transaction& tx) -> Result<LoadBalancer, ApiError> {
    auto balancer = own_load_balancer(tx, call, arn);
    if (!balancer) return balancer;
    change(*balancer);
    if (auto kept = change_load_balancer(tx, *balancer); !kept) return kept.error();
    announce_change(tx);
    return balancer;
  });
}

}  // namespace everseal::elbv2
