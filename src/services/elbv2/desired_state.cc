#include "services/elbv2/desired_state.h"

#include <limits>
#include <set>
#include <utility>

#include "services/elbv2/attributes.h"

namespace everseal::elbv2 {
namespace {

constexpr std::int64_t all_there_are = std::numeric_limits<std::int64_t>::max();

Result<DesiredListener> desired_listener(sql::Snapshot& view, Listener listener) {
  auto certificates = further_certificates(view, listener.arn, "", all_there_are);
  if (!certificates) return certificates.error();
  auto attributes = attributes_of(view, listener.arn, listener_attributes());
  if (!attributes) return attributes.error();
  auto rules = list_rules(view, listener.arn, 0, all_there_are);
  if (!rules) return rules.error();
  return DesiredListener{std::move(listener), *std::move(certificates), *std::move(attributes),
                         *std::move(rules)};
}

Result<DesiredLoadBalancer> desired_load_balancer(sql::Snapshot& view, LoadBalancer balancer) {
  auto attributes = attributes_of(view, balancer.arn, load_balancer_attributes());
  if (!attributes) return attributes.error();
  auto listeners = list_listeners(view, balancer.arn, "", all_there_are);
  if (!listeners) return listeners.error();
  DesiredLoadBalancer all{std::move(balancer), *std::move(attributes), {}};
  for (Listener& listener : *listeners) {
    auto one = desired_listener(view, std::move(listener));
    if (!one) return one.error();
    all.listeners.push_back(*std::move(one));
  }
  return all;
}

Result<DesiredTargetGroup> desired_target_group(sql::Snapshot& view, TargetGroup group,
                                                TimePoint now) {
  auto attributes = attributes_of(view, group.arn, target_group_attributes());
  if (!attributes) return attributes.error();
  auto targets = targets_of(view, group.arn, now);
  if (!targets) return targets.error();
  return DesiredTargetGroup{std::move(group), *std::move(attributes), *std::move(targets)};
}

// The groups that some rule forwards to.
std::set<std::string> used_groups(const DesiredState& state) {
  std::set<std::string> used;
  for (const auto& balancer : state.load_balancers) {
    for (const auto& listener : balancer.listeners) {
      for (const Rule& rule : listener.rules) {
        const auto groups = groups_of(rule.actions);
        used.insert(groups.begin(), groups.end());
      }
    }
  }
  return used;
}

Outcome add_groups(sql::Snapshot& view, DesiredState& state, std::string_view account,
                   std::string_view region, TimePoint now) {
  const auto used = used_groups(state);
  auto groups = list_target_groups(view, account, region, "", all_there_are);
  if (!groups) return groups.error();
  for (TargetGroup& group : *groups) {
    if (!used.contains(group.arn)) continue;
    auto one = desired_target_group(view, std::move(group), now);
    if (!one) return one.error();
    state.target_groups.push_back(*std::move(one));
  }
  return {};
}

}  // namespace

Result<DesiredState> desired_state(sql::Snapshot& view, std::string_view account,
                                   std::string_view region, TimePoint now) {
  auto balancers = list_load_balancers(view, account, region, "", all_there_are);
  if (!balancers) return balancers.error();
  DesiredState state;
  for (LoadBalancer& balancer : *balancers) {
    auto one = desired_load_balancer(view, std::move(balancer));
    if (!one) return one.error();
    state.load_balancers.push_back(*std::move(one));
  }
  if (auto added = add_groups(view, state, account, region, now); !added) return added.error();
  return state;
}

Result<std::vector<Scope>> scopes(sql::Snapshot& view) {
  const auto rows =
      view.all("SELECT DISTINCT account, region FROM elbv2_load_balancer ORDER BY account, region");
  if (!rows) return rows.error();
  std::vector<Scope> all;
  for (const sql::Row& row : *rows) all.push_back({row.text(0), row.text(1)});
  return all;
}

sql::Subscription on_change(sql::Database& database, std::function<void()> hear) {
  return database.listen(change_topic, [hear = std::move(hear)](std::int64_t) { hear(); });
}

}  // namespace everseal::elbv2
