#include "x509/policies.h"

#include <algorithm>
#include <utility>

#include "asn1/der_reader.h"
#include "x509/extension_types.h"

namespace everseal::x509 {
namespace {

using asn1::context;
using asn1::DerReader;

constexpr std::size_t kMaxMappings = 1000;

PolicyMappings::Mapping read_mapping(DerReader& in) {
  PolicyMappings::Mapping mapping;
  in.sequence([&](DerReader& body) {
    mapping.from = body.oid();
    mapping.to = body.oid();
  });
  return mapping;
}

std::optional<std::uint32_t> read_skip(DerReader& in, unsigned number) {
  if (!in.next_is(context(number))) return std::nullopt;
  return in.small_integer(context(number));
}

Fault refused(std::string why) { return Fault::malformed("policies: " + std::move(why)); }

void count_down(std::size_t& certificates) {
  if (certificates > 0) --certificates;
}

void lower(std::size_t& certificates, const std::optional<std::uint32_t>& limit) {
  if (limit) certificates = std::min<std::size_t>(certificates, *limit);
}

}  // namespace

Result<PolicyMappings> PolicyMappings::parse(ByteView value) {
  return asn1::parse_as<PolicyMappings>(value, "policyMappings", [](DerReader& in, auto& parsed) {
    in.sequence([&](DerReader& body) {
      do {
        if (parsed.mappings.size() == kMaxMappings) return body.fail("too many mappings");
        parsed.mappings.push_back(read_mapping(body));
      } while (!body.at_end());
    });
  });
}

Result<PolicyConstraints> PolicyConstraints::parse(ByteView value) {
  return asn1::parse_as<PolicyConstraints>(value, "policyConstraints",
                                           [](DerReader& in, auto& parsed) {
                                             in.sequence([&](DerReader& body) {
                                               if (body.at_end())
                                                 return body.fail("no constraint at all");
                                               parsed.require_explicit_policy = read_skip(body, 0);
                                               parsed.inhibit_policy_mapping = read_skip(body, 1);
                                             });
                                           });
}

Result<InhibitAnyPolicy> InhibitAnyPolicy::parse(ByteView value) {
  return asn1::parse_as<InhibitAnyPolicy>(
      value, "inhibitAnyPolicy",
      [](DerReader& in, auto& parsed) { parsed.after = in.small_integer(); });
}

PoliciesOfPath::PoliciesOfPath(const PolicyRules& rules, std::size_t certificates)
    : rules_(rules),
      explicit_after_(rules.required ? 0 : certificates + 1),
      no_mapping_after_(rules.without_mappings ? 0 : certificates + 1),
      no_any_after_(rules.without_any_policy ? 0 : certificates + 1) {}

Outcome PoliciesOfPath::begin(const Certificate& anchor) { return apply_constraints(anchor); }

// 6.1.3 (d) to (f), then 6.1.4 (a), (b) and (h) to (j).
Outcome PoliciesOfPath::issuer(const Certificate& certificate) {
  const bool self_issued = certificate.is_self_issued();
  if (auto read = read_policies(certificate, self_issued || no_any_after_ > 0); !read) return read;
  if (auto left = check_any_left(); !left) return left;
  if (auto mapped = map(certificate); !mapped) return mapped;
  if (!self_issued) {
    count_down(explicit_after_);
    count_down(no_mapping_after_);
    count_down(no_any_after_);
  }
  return apply_constraints(certificate);
}

// 6.1.3 (d) to (f), then 6.1.5 (a), (b) and (g).
Outcome PoliciesOfPath::leaf(const Certificate& certificate) {
  if (auto read = read_policies(certificate, no_any_after_ > 0); !read) return read;
  if (auto left = check_any_left(); !left) return left;
  count_down(explicit_after_);
  const auto constraints = certificate.extensions().get<PolicyConstraints>();
  if (!constraints) return constraints.error();
  if (*constraints && (*constraints)->require_explicit_policy == 0U) explicit_after_ = 0;
  drop_unacceptable();
  return check_any_left();
}

// Of the policies that may be named those stay that are: each with its meanings, or, where any
// policy may be named, as what it is itself.
Outcome PoliciesOfPath::read_policies(const Certificate& certificate, bool honour_any_policy) {
  const auto named = certificate.extensions().get<CertificatePolicies>();
  if (!named) return named.error();
  const Policies allowed = std::exchange(policies_, {});
  const bool any_allowed = std::exchange(any_, false);
  if (!*named) return {};
  for (const auto& [policy, qualifiers] : (*named)->policies) {
    if (policy == oids::kAnyPolicy) {
      if (!honour_any_policy) continue;
      any_ = any_allowed;
      for (const auto& [each, meanings] : allowed) keep(each, meanings);
    } else if (const auto known = allowed.find(policy); known != allowed.end()) {
      keep(policy, known->second);
    } else if (any_allowed) {
      keep(policy, {policy});
    }
  }
  if (pairs_ > kMaxPairs) return refused("they take too long to judge");
  return {};
}

void PoliciesOfPath::keep(const asn1::Oid& policy, const Meanings& meanings) {
  pairs_ += meanings.size();
  if (pairs_ <= kMaxPairs) policies_[policy].insert(meanings.begin(), meanings.end());
}

// What the next certificate calls `to` is what this one calls `from`, which it may no longer name.
Outcome PoliciesOfPath::map(const Certificate& certificate) {
  const auto found = certificate.extensions().get<PolicyMappings>();
  if (!found) return found.error();
  if (!*found) return {};
  const Policies own = policies_;
  for (const auto& [from, to] : (*found)->mappings) {
    if (from == oids::kAnyPolicy || to == oids::kAnyPolicy) return refused("anyPolicy is mapped");
    policies_.erase(from);
  }
  if (no_mapping_after_ == 0) return {};
  for (const auto& [from, to] : (*found)->mappings) {
    const auto known = own.find(from);
    if (known != own.end()) {
      keep(to, known->second);
    } else if (any_) {
      keep(to, {from});
    }
  }
  if (pairs_ > kMaxPairs) return refused("they take too long to judge");
  return {};
}

Outcome PoliciesOfPath::apply_constraints(const Certificate& certificate) {
  const auto constraints = certificate.extensions().get<PolicyConstraints>();
  if (!constraints) return constraints.error();
  if (*constraints) {
    lower(explicit_after_, (*constraints)->require_explicit_policy);
    lower(no_mapping_after_, (*constraints)->inhibit_policy_mapping);
  }
  const auto inhibit = certificate.extensions().get<InhibitAnyPolicy>();
  if (!inhibit) return inhibit.error();
  if (*inhibit) lower(no_any_after_, (*inhibit)->after);
  return {};
}

// 6.1.3 (f) and the end of 6.1.5.
Outcome PoliciesOfPath::check_any_left() const {
  if (explicit_after_ > 0 || !none_holds()) return {};
  return refused("one is required and none holds for the path");
}

// 6.1.5 (g): where any policy may stand, an acceptable one may.
void PoliciesOfPath::drop_unacceptable() {
  const auto& acceptable = rules_.acceptable;
  const auto is_acceptable = [&](const asn1::Oid& policy) {
    return std::ranges::find(acceptable, policy) != acceptable.end();
  };
  if (is_acceptable(oids::kAnyPolicy)) return;
  std::erase_if(policies_, [&](const auto& policy) {
    return std::ranges::none_of(policy.second, is_acceptable);
  });
  any_ = any_ && !acceptable.empty();
}

}  // namespace everseal::x509
