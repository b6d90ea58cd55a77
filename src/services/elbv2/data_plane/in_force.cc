#include "services/elbv2/data_plane/in_force.h"

#include <algorithm>
#include <utility>

namespace everseal::elbv2::data_plane {
namespace {

template <class Things>
auto find(Things& things, const std::string& id) {
  return std::ranges::find(things, id, [](const auto& thing) { return thing.id; });
}

// What is there already stays as it is.
template <class Things>
void add_missing(Things& into, const Things& others) {
  for (const auto& other : others) {
    if (find(into, other.id) == into.end()) into.push_back(other);
  }
}

// Instead of the one of that id, if there is one.
void replace(std::vector<gateway::LoadBalancer>& all, const gateway::LoadBalancer& one) {
  if (const auto found = find(all, one.id); found != all.end()) {
    *found = one;
  } else {
    all.push_back(one);
  }
}

}  // namespace

Faults InForce::put(const gateway::State& desired) {
  if (gateway_.apply(desired)) {
    state_ = desired;
    return {};
  }
  return put_one_by_one(desired);
}

bool InForce::verifies_by(std::string_view trust_store) const {
  return std::ranges::any_of(state_.load_balancers, [&](const auto& balancer) {
    return std::ranges::any_of(balancer.listeners, [&](const gateway::Listener& listener) {
      return listener.tls && listener.tls->mutual.mode == gateway::MutualTlsMode::Verify &&
             listener.tls->mutual.trust_store == trust_store;
    });
  });
}

Faults InForce::put_one_by_one(const gateway::State& desired) {
  gateway::State state = state_;
  std::erase_if(state.load_balancers, [&](const auto& balancer) {
    return find(desired.load_balancers, balancer.id) == desired.load_balancers.end();
  });
  state.target_groups = desired.target_groups;
  add_missing(state.target_groups, state_.target_groups);
  state.trust_stores = desired.trust_stores;
  add_missing(state.trust_stores, state_.trust_stores);
  Faults faults;
  for (const auto& balancer : desired.load_balancers) {
    auto next = state;
    replace(next.load_balancers, balancer);
    if (const auto applied = gateway_.apply(next); applied) {
      state = std::move(next);
    } else {
      faults.emplace(balancer.id, applied.error().cause);
    }
  }
  // Those that are gone are gone, whatever became of the others.
  if (faults.size() == desired.load_balancers.size()) static_cast<void>(gateway_.apply(state));
  state_ = std::move(state);
  return faults;
}

}  // namespace everseal::elbv2::data_plane
