#include "services/elbv2/data_plane/alarms.h"

#include <map>

#include "aws/arn.h"
#include "clock/time_text.h"

namespace everseal::elbv2::data_plane {
namespace {

using AccountAndRegion = std::pair<std::string, std::string>;

std::map<AccountAndRegion, std::vector<std::string>> by_scope(const gateway::State& state) {
  std::map<AccountAndRegion, std::vector<std::string>> scopes;
  for (const auto& balancer : state.load_balancers) {
    const auto arn = aws::Arn::parse(balancer.id);
    if (arn)
      scopes[{std::string(arn->account()), std::string(arn->region())}].push_back(balancer.id);
  }
  return scopes;
}

aws::Document text(const std::string& value) { return aws::Document(value); }

}  // namespace

void Alarms::tell(const Event& event) {
  if (const auto told = events_.tell(event); !told) {
    log_.warning("event.not_told", {{"event", event.type}, {"cause", told.error().cause}});
  }
}

void Alarms::gateway_died(const std::string& ending, const gateway::State& state) {
  log_.error("gateway.died", {{"ending", ending}});
  for (auto& [scope, balancers] : by_scope(state)) {
    tell({"Everseal Gateway Died", balancers, {{"ending", text(ending)}}});
  }
}

void Alarms::impaired(const Faults& faults) {
  for (const auto& [arn, cause] : faults) {
    const auto before = impaired_.find(arn);
    if (before != impaired_.end() && before->second == cause) continue;
    log_.error("gateway.load_balancer_impaired", {{"load_balancer", arn}, {"cause", cause}});
    tell({"Everseal Load Balancer Impaired", {arn}, {{"cause", text(cause)}}});
  }
  impaired_ = faults;
}

void Alarms::expired(const std::vector<ExpiredList>& lists) {
  for (const auto& list : lists) {
    if (!expired_.emplace(list.trust_store, list.revocation_id).second) continue;
    log_.error("trust_store.revocation_list_expired",
               {{"trust_store", list.trust_store},
                {"revocation_id", list.revocation_id},
                {"next_update", to_iso8601(list.next_update)}});
    tell({"Everseal Revocation List Expired",
          {list.trust_store},
          {{"revocationId", aws::Document(list.revocation_id)},
           {"issuer", text(list.issuer)},
           {"nextUpdate", text(to_iso8601(list.next_update))}}});
  }
}

}  // namespace everseal::elbv2::data_plane
