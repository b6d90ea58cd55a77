#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "asn1/oid.h"
#include "result/result.h"
#include "x509/certificate.h"
#include "x509/oids.h"

// Which certificate policies hold for a whole path: RFC 5280, 6.1, what concerns policies there.
namespace everseal::x509 {

// RFC 5280, 4.2.1.5: a policy of the issuer and one that is as good in the subject's domain.
struct PolicyMappings {
  static constexpr asn1::Oid kOid = oids::kPolicyMappings;
  struct Mapping {
    asn1::Oid from;  // issuerDomainPolicy
    asn1::Oid to;    // subjectDomainPolicy
    friend bool operator==(const Mapping&, const Mapping&) = default;
  };
  std::vector<Mapping> mappings;

  // Malformed also: none at all, and more than 1000.
  static Result<PolicyMappings> parse(ByteView value);
};

// RFC 5280, 4.2.1.11: after how many more certificates each of the two begins to hold.
struct PolicyConstraints {
  static constexpr asn1::Oid kOid = oids::kPolicyConstraints;
  std::optional<std::uint32_t> require_explicit_policy = {};
  std::optional<std::uint32_t> inhibit_policy_mapping = {};

  static Result<PolicyConstraints> parse(ByteView value);  // Malformed also: neither of them
};

// RFC 5280, 4.2.1.14: after how many more certificates anyPolicy means nothing.
struct InhibitAnyPolicy {
  static constexpr asn1::Oid kOid = oids::kInhibitAnyPolicy;
  std::uint32_t after = 0;

  static Result<InhibitAnyPolicy> parse(ByteView value);
};

// What a relying party demands: RFC 5280, 6.1.1 (c) and (e) to (g).
struct PolicyRules {
  std::vector<asn1::Oid> acceptable = {oids::kAnyPolicy};
  bool required = false;  // one of the acceptable must hold for the path, whatever its CAs ask for
  bool without_mappings = false;
  bool without_any_policy = false;
};

// The policies of a path, certificate by certificate from below the anchor to the leaf. Instead of
// the tree of the RFC, whose size can grow exponentially (RFC 9618), it keeps for each policy that
// the next certificate may name those policies of the relying party that it stands for.
class PoliciesOfPath {
 public:
  // How many of these pairs a path may make one after the other; beyond, it is refused.
  static constexpr std::size_t kMaxPairs = 100'000;

  // `certificates`: how many are below the anchor.
  PoliciesOfPath(const PolicyRules& rules, std::size_t certificates);

  // What the anchor demands of the others counts, what it says of itself does not: nothing vouches
  // for it.
  Outcome begin(const Certificate& anchor);
  // Malformed: a policy is required and none holds any more, an extension about policies cannot be
  // read, anyPolicy is mapped, or it takes too long to judge.
  Outcome issuer(const Certificate& certificate);
  Outcome leaf(const Certificate& certificate);

 private:
  using Meanings = std::set<asn1::Oid>;  // the policies of the relying party that one stands for
  using Policies = std::map<asn1::Oid, Meanings>;

  Outcome read_policies(const Certificate& certificate, bool honour_any_policy);
  Outcome map(const Certificate& certificate);
  Outcome apply_constraints(const Certificate& certificate);
  Outcome check_any_left() const;
  void keep(const asn1::Oid& policy, const Meanings& meanings);
  void drop_unacceptable();
  bool none_holds() const { return policies_.empty() && !any_; }

  const PolicyRules& rules_;
  Policies policies_;           // that the next certificate may name
  bool any_ = true;             // and it may name any other, which stands for itself
  std::size_t explicit_after_;  // the state variables of 6.1.2 (d) to (f)
  std::size_t no_mapping_after_;
  std::size_t no_any_after_;
  std::size_t pairs_ = 0;
};

}  // namespace everseal::x509
