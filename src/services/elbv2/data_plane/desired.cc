#include "services/elbv2/data_plane/desired.h"

#include <algorithm>
#include <utility>

#include "encoding/bytes.h"
#include "services/elbv2/data_plane/for_gateway.h"
#include "services/elbv2/desired_state.h"

namespace everseal::elbv2::data_plane {
namespace {

void note_needs(const gateway::LoadBalancer& balancer, Desired& desired) {
  for (const auto& listener : balancer.listeners) {
    if (!listener.tls) continue;
    desired.certificates.insert(listener.tls->certificate);
    desired.certificates.insert(listener.tls->more.begin(), listener.tls->more.end());
    const auto& mutual = listener.tls->mutual;
    if (mutual.mode == gateway::MutualTlsMode::Verify)
      desired.trust_stores.emplace(mutual.trust_store, 0);
  }
}

void add(const DesiredState& state, Desired& desired) {
  for (const auto& balancer : state.load_balancers) {
    desired.state.load_balancers.push_back(for_gateway(balancer));
    note_needs(desired.state.load_balancers.back(), desired);
  }
  for (const auto& group : state.target_groups) {
    desired.state.target_groups.push_back(for_gateway(group));
    desired.drains |=
        std::ranges::any_of(desired.state.target_groups.back().targets, &gateway::Target::draining);
  }
}

Outcome add_trust_stores(sql::Snapshot& view, const trust_stores::Reader& reader,
                         Desired& desired) {
  for (auto each = desired.trust_stores.begin(); each != desired.trust_stores.end();) {
    const auto facts = reader.facts(view, each->first);
    if (!facts) return facts.error();
    if (!*facts) {
      each = desired.trust_stores.erase(each);
      continue;
    }
    desired.state.trust_stores.push_back({each->first, to_text((*facts)->bundle)});
    each->second = (*facts)->number;
    ++each;
  }
  return {};
}

}  // namespace

Result<Desired> read_desired(sql::Snapshot& view, const trust_stores::Reader& trust_stores,
                             TimePoint now) {
  const auto all = scopes(view);
  if (!all) return all.error();
  Desired desired;
  for (const Scope& scope : *all) {
    const auto state = desired_state(view, scope.account, scope.region, now);
    if (!state) return state.error();
    add(*state, desired);
  }
  if (const auto added = add_trust_stores(view, trust_stores, desired); !added)
    return added.error();
  return desired;
}

}  // namespace everseal::elbv2::data_plane
