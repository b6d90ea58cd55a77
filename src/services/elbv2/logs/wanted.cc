#include "services/elbv2/logs/wanted.h"

#include <cstdint>
#include <limits>

#include "services/elbv2/attributes.h"
#include "services/elbv2/desired_state.h"

namespace everseal::elbv2::logs {

Result<WantedLogs> wanted_logs(sql::Snapshot& view) {
  constexpr auto all_there_are = std::numeric_limits<std::int64_t>::max();
  const auto places = scopes(view);
  if (!places) return places.error();
  WantedLogs logs;
  for (const Scope& scope : *places) {
    const auto balancers =
        list_load_balancers(view, scope.account, scope.region, "", all_there_are);
    if (!balancers) return balancers.error();
    for (const LoadBalancer& balancer : *balancers) {
      const auto attributes = attributes_of(view, balancer.arn, load_balancer_attributes());
      if (!attributes) return attributes.error();
      Wanted wanted{.dns_name = balancer.dns_name,
                    .access = log_place(balancer, *attributes, LogKind::Access),
                    .connection = log_place(balancer, *attributes, LogKind::Connection)};
      if (wanted.access || wanted.connection) logs.emplace(balancer.arn, std::move(wanted));
    }
  }
  return logs;
}

}  // namespace everseal::elbv2::logs
