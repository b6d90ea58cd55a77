#include "services/elbv2/data_plane/desired.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "encoding/bytes.h"
#include "services/elbv2/data_plane/for_gateway.h"
#include "services/elbv2/desired_state.h"
#include "x509/certificate.h"

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

bool ignores_expiry(const gateway::State& state, std::string_view trust_store) {
  return std::ranges::any_of(state.load_balancers, [&](const gateway::LoadBalancer& balancer) {
    return std::ranges::any_of(balancer.listeners, [&](const gateway::Listener& listener) {
      return listener.tls && listener.tls->mutual.ignore_expiry &&
             listener.tls->mutual.trust_store == trust_store;
    });
  });
}

void come_earlier(std::optional<TimePoint>& next, TimePoint time) {
  next = std::min(next.value_or(time), time);
}

// Whose expiry is ignored is the client and what it sends, but no CA that the store trusts: HAProxy
// does not tell them apart, so those that have expired are left out.
Result<std::string> without_expired(const std::string& bundle, TimePoint now,
                                    std::optional<TimePoint>& next) {
  const auto all = x509::Certificate::parse_pem_chain(bundle);
  if (!all) return Fault::broken("a bundle of CA certificates: " + all.error().cause);
  std::string valid;
  for (const auto& ca : *all) {
    const TimePoint end = ca.validity().not_after;
    if (end < now) continue;
    come_earlier(next, end + std::chrono::seconds{1});  // valid until the end of that second
    valid += ca.pem();
  }
  return valid;
}

Outcome note_lists(const std::string& arn, const trust_stores::TrustStoreFacts& facts,
                   TimePoint now, Desired& desired) {
  for (const auto& list : facts.revocations) {
    if (!list.next_update) continue;
    if (now < *list.next_update) {
      come_earlier(desired.next_expiry, *list.next_update);
      continue;
    }
    const auto issuer = x509::Name::parse(list.issuer);
    if (!issuer) return Fault::broken("an issuer of a CRL: " + issuer.error().cause);
    desired.expired.push_back({arn, list.id, issuer->text(), *list.next_update});
  }
  return {};
}

Outcome add_trust_stores(sql::Snapshot& view, const trust_stores::Reader& reader, TimePoint now,
                         Desired& desired) {
  for (auto each = desired.trust_stores.begin(); each != desired.trust_stores.end();) {
    const auto facts = reader.facts(view, each->first);
    if (!facts) return facts.error();
    if (!*facts) {
      each = desired.trust_stores.erase(each);
      continue;
    }
    auto bundle = to_text((*facts)->bundle);
    if (ignores_expiry(desired.state, each->first)) {
      auto valid = without_expired(bundle, now, desired.next_expiry);
      if (!valid) return valid.error();
      bundle = *std::move(valid);
    }
    desired.state.trust_stores.push_back({each->first, std::move(bundle)});
    each->second = (*facts)->number;
    if (const auto noted = note_lists(each->first, **facts, now, desired); !noted) return noted;
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
  if (const auto added = add_trust_stores(view, trust_stores, now, desired); !added)
    return added.error();
  return desired;
}

}  // namespace everseal::elbv2::data_plane
