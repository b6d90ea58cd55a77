#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <optional>
#include <utility>

#include "asn1/der_writer.h"
#include "x509/chain.h"
#include "x509/name_constraints.h"
#include "x509/test_chain.h"

// What OpenSSL has no opinion on, or another one; the rest of path validation is in golden_test.cc.
namespace everseal::x509 {
namespace {

using crypto::SignatureAlgorithm;
using testing::ca_with;
using testing::Draft;
using testing::the_key;

TimePoint at(std::string_view iso8601) { return parse_iso8601(iso8601).value(); }

std::optional<ChainProblem> problem(std::initializer_list<Draft> drafts,
                                    const ChainRules& rules = {}) {
  std::vector<Certificate> path;
  for (const auto& draft : drafts) path.push_back(draft.signed_certificate());
  const auto verdict = validate_chain(path, rules);
  return verdict ? std::nullopt : std::optional(verdict.error().problem);
}

const Draft kRoot{"root", "root"};
const Draft kLeaf{"leaf", "root", {}};

TEST(Chain, needs_a_certificate_and_has_a_limit) {
  EXPECT_EQ(problem({}), ChainProblem::Empty);
  EXPECT_EQ(problem({kRoot, kRoot, kRoot}, {.max_length = 2}), ChainProblem::TooLong);
  EXPECT_EQ(problem({kLeaf, kRoot}, {.max_length = 2}), std::nullopt);
}

TEST(Chain, ends_with_a_root_unless_the_last_is_trusted_as_it_is) {
  const Draft subordinate{"sub", "root"};
  const Draft leaf{"leaf", "sub", {}};
  EXPECT_EQ(problem({leaf, subordinate}), ChainProblem::NotSelfSigned);
  EXPECT_EQ(problem({leaf, subordinate}, {.anchor_is_root = false}), std::nullopt);
}

TEST(Chain, judges_no_validity_without_a_moment) {
  const Draft old{
      "root", "root", ca_with({}), {at("2000-01-01T00:00:00Z"), at("2001-01-01T00:00:00Z")}};
  const auto now = at("2025-06-01T00:00:00Z");
  EXPECT_EQ(problem({kLeaf, old}), std::nullopt);
  EXPECT_EQ(problem({kLeaf, old}, {.at = now}), ChainProblem::Expired);
  EXPECT_EQ(problem({kLeaf, old}, {.at = now, .check_anchor_validity = false}), std::nullopt);
  EXPECT_EQ(problem({kLeaf, kRoot}, {.at = at("2027-01-01T00:00:00.5Z")}), std::nullopt);
  EXPECT_EQ(problem({kLeaf, kRoot}, {.at = at("2027-01-01T00:00:01Z")}), ChainProblem::Expired);
  EXPECT_EQ(problem({kLeaf, kRoot}, {.at = at("2024-12-31T23:59:59Z")}), ChainProblem::NotYetValid);
}

TEST(Chain, leaves_room_for_a_leaf_that_is_a_ca_itself) {
  const Draft narrow{"root", "root", ca_with({}, {.ca = true, .path_length = 0})};
  const Draft subordinate{"sub", "root"};
  EXPECT_EQ(problem({subordinate, narrow}), std::nullopt);
  EXPECT_EQ(problem({subordinate, narrow}, {.leaf_is_a_ca = true}), ChainProblem::PathTooLong);
  EXPECT_EQ(problem({subordinate, kRoot}, {.leaf_is_a_ca = true}), std::nullopt);
  EXPECT_EQ(problem({kLeaf, kRoot}, {.leaf_is_a_ca = true}), ChainProblem::NotACa);
}

TEST(Chain, does_not_count_self_issued_certificates) {
  const Draft narrow{"root", "root", ca_with({}, {.ca = true, .path_length = 0})};
  EXPECT_EQ(problem({kLeaf, Draft{"root", "root"}, narrow}), std::nullopt);
}

TEST(Chain, names_the_certificate_at_fault) {
  const auto verdict =
      validate_chain(std::array{kLeaf.signed_certificate(), kRoot.signed_certificate()},
                     {.at = at("2030-01-01T00:00:00Z"), .check_anchor_validity = false});
  ASSERT_FALSE(verdict);
  EXPECT_EQ(verdict.error().index, 0U);
  EXPECT_EQ(Fault(verdict.error()).cause, "chain: certificate 0: expired: O=leaf");
}

TEST(Chain, takes_the_word_of_the_verifier_it_is_given) {
  const std::array path = {kLeaf.signed_certificate(), kRoot.signed_certificate()};
  const auto never = [](const Certificate&, const Certificate& certificate) {
    return certificate.is_self_issued();
  };
  EXPECT_EQ(validate_chain(path, {}, never).error().problem, ChainProblem::BadSignature);
}

TEST(Chain, refuses_critical_extensions_it_does_not_know) {
  const auto root = [](const asn1::Oid& type, bool critical) {
    return Draft{"root", "root", ca_with({Extension{type, critical, {0x30, 0}}})};
  };
  EXPECT_EQ(problem({kLeaf, root(oids::kFreshestCrl, true)}),
            ChainProblem::UnknownCriticalExtension);
  EXPECT_EQ(problem({kLeaf, root(oids::kFreshestCrl, false)}), std::nullopt);
  EXPECT_EQ(problem({kLeaf, root(oids::kSubjectDirectoryAttributes, true)}), std::nullopt);
}

TEST(Chain, refuses_extensions_it_judges_and_cannot_read) {
  EXPECT_EQ(problem({kLeaf, Draft{"root", "root", {{oids::kBasicConstraints, true, {0x05, 0}}}}}),
            ChainProblem::MalformedExtension);
  EXPECT_EQ(problem({kLeaf, Draft{"root", "root", ca_with({{oids::kKeyUsage, true, {0x05, 0}}})}}),
            ChainProblem::MalformedExtension);
}

// ---- Policies: what NIST's cases leave open (pkits_test.cc)

const asn1::Oid kGold("1.3.6.1.4.1.99999.1");
const asn1::Oid kSilver("1.3.6.1.4.1.99999.2");

Extension policies(std::initializer_list<asn1::Oid> named) {
  CertificatePolicies all;
  for (const auto& policy : named) all.policies.push_back({policy});
  return to_extension(all);
}

Extension extension(const asn1::Oid& type, const std::function<void(asn1::DerWriter&)>& write) {
  asn1::DerWriter out;
  write(out);
  return {type, true, std::move(out).take()};
}

Extension explicit_after(std::uint64_t certificates) {
  return extension(oids::kPolicyConstraints, [&](asn1::DerWriter& out) {
    out.sequence([&] { out.integer(certificates, asn1::context(0)); });
  });
}

Extension mapped(const std::vector<std::pair<asn1::Oid, asn1::Oid>>& mappings) {
  return extension(oids::kPolicyMappings, [&](asn1::DerWriter& out) {
    out.sequence([&] {
      for (const auto& [from, to] : mappings) {
        out.sequence([&] {
          out.oid(from);
          out.oid(to);
        });
      }
    });
  });
}

TEST(Policies, are_required_by_an_anchor_too) {
  const Draft root{"root", "root", ca_with({explicit_after(0)})};
  const Draft late{"root", "root", ca_with({explicit_after(2)})};
  const Draft leaf{"leaf", "root", {policies({kGold})}};
  EXPECT_EQ(problem({kLeaf, root}), ChainProblem::PolicyNotAllowed);
  EXPECT_EQ(problem({leaf, root}), std::nullopt);
  EXPECT_EQ(problem({kLeaf, late}), std::nullopt);
}

TEST(Policies, of_the_anchor_do_not_narrow_those_below) {
  const Draft root{"root", "root", ca_with({policies({kSilver})})};
  const Draft leaf{"leaf", "root", {policies({kGold})}};
  EXPECT_EQ(problem({leaf, root}, {.policies = {.acceptable = {kGold}, .required = true}}),
            std::nullopt);
  EXPECT_EQ(problem({leaf, root}, {.policies = {.acceptable = {kSilver}, .required = true}}),
            ChainProblem::PolicyNotAllowed);
  EXPECT_EQ(problem({leaf, root}, {.policies = {.acceptable = {}, .required = true}}),
            ChainProblem::PolicyNotAllowed);
}

TEST(Policies, that_cannot_be_read_are_refused) {
  for (const auto& type : {oids::kCertificatePolicies, oids::kPolicyMappings,
                           oids::kPolicyConstraints, oids::kInhibitAnyPolicy}) {
    const Draft middle{"middle", "root", ca_with({{type, false, {0x30, 0x00}}})};
    EXPECT_EQ(problem({Draft{"leaf", "middle", {}}, middle, kRoot}), ChainProblem::PolicyNotAllowed)
        << type.text();
  }
}

TEST(Policies, that_multiply_are_given_up) {
  std::vector<std::pair<asn1::Oid, asn1::Oid>> all_to_all;
  CertificatePolicies named;
  const auto policy = [](int number) {
    return asn1::Oid::parse("1.3.6.1.4.1.99999." + std::to_string(number)).value();
  };
  for (int from = 0; from < 30; ++from) {
    named.policies.push_back({policy(from)});
    for (int to = 0; to < 30; ++to) all_to_all.emplace_back(policy(from), policy(to));
  }
  const auto extensions = ca_with({to_extension(named), mapped(all_to_all)});
  const Draft once{"a", "root", extensions};
  EXPECT_EQ(problem({Draft{"leaf", "a", {to_extension(named)}}, once, kRoot},
                    {.policies = {.acceptable = {policy(1)}, .required = true}}),
            std::nullopt);
  std::vector<Certificate> path = {Draft{"leaf", "a", {to_extension(named)}}.signed_certificate()};
  for (int again = 0; again < 5; ++again) {
    path.push_back(Draft{"a", "a", extensions}.signed_certificate());
  }
  path.push_back(Draft{"a", "a"}.signed_certificate());
  const auto verdict = validate_chain(path, {});
  ASSERT_FALSE(verdict);
  EXPECT_EQ(verdict.error().cause, "policies: they take too long to judge");
}

// ---- Name constraints

bool allows(const NameConstraints& constraints, std::vector<GeneralName> names) {
  const Draft root{"root", "root", ca_with({to_extension(constraints)})};
  const Draft leaf{
      "leaf",
      "root",
      {to_extension(SubjectAlternativeName{std::move(names)}, Criticality::NotCritical)}};
  return problem({leaf, root}) == std::nullopt;
}

TEST(NameConstraints, refuse_a_wildcard_that_covers_an_excluded_host) {
  const NameConstraints constraints{{}, {DnsName{"db.corp.internal"}}};
  EXPECT_FALSE(allows(constraints, {DnsName{"*.corp.internal"}}));
  EXPECT_FALSE(allows(constraints, {DnsName{"x.db.corp.internal"}}));
  EXPECT_TRUE(allows(constraints, {DnsName{"*.app.corp.internal"}}));
  EXPECT_TRUE(allows(constraints, {DnsName{"*.internal"}}));
}

TEST(NameConstraints, judge_uris_by_their_host) {
  const auto uri = [](std::string text) { return UniformResourceIdentifier{std::move(text)}; };
  const NameConstraints exact{{uri("corp.internal")}, {}};
  EXPECT_TRUE(allows(exact, {uri("https://user@CORP.internal:8443/x")}));
  EXPECT_FALSE(allows(exact, {uri("https://app.corp.internal/")}));
  EXPECT_FALSE(allows(exact, {uri("https://evil.example/@corp.internal")}));
  EXPECT_FALSE(allows(exact, {uri("https://corp.internal@evil.example/")}));
  EXPECT_FALSE(allows(exact, {uri("https://10.0.0.1/")}));
  EXPECT_FALSE(allows(exact, {uri("https://[::1]/")}));
  EXPECT_FALSE(allows(exact, {uri("urn:corp.internal")}));
  EXPECT_TRUE(allows({{uri(".corp.internal")}, {}}, {uri("https://app.corp.internal")}));
}

TEST(NameConstraints, judge_mailboxes_by_address_host_or_domain) {
  const auto mail = [](std::string text) { return Rfc822Name{std::move(text)}; };
  EXPECT_TRUE(allows({{mail("root@Corp.internal")}, {}}, {mail("root@corp.internal")}));
  EXPECT_FALSE(allows({{mail("root@corp.internal")}, {}}, {mail("Root@corp.internal")}));
  EXPECT_TRUE(allows({{mail(".corp.internal")}, {}}, {mail("a@x.corp.internal")}));
  EXPECT_FALSE(allows({{mail(".corp.internal")}, {}}, {mail("a@corp.internal")}));
  EXPECT_FALSE(allows({{mail("corp.internal")}, {}}, {mail("no-at-sign")}));
}

TEST(NameConstraints, refuse_forms_they_speak_of_without_a_rule) {
  const OtherName user{oids::kSmartCardLogin, {0x05, 0x00}};
  EXPECT_FALSE(allows({{user}, {}}, {OtherName{oids::kSmartCardLogin, {0x0c, 0x00}}}));
  EXPECT_FALSE(allows({{}, {user}}, {OtherName{oids::kSmartCardLogin, {0x0c, 0x00}}}));
  EXPECT_TRUE(allows({{}, {user}}, {DnsName{"a.example"}}));
}

TEST(NameConstraints, of_every_ca_above_count) {
  const NameConstraints wide{{DnsName{"internal"}}, {}};
  const NameConstraints narrow{{DnsName{"corp.internal"}}, {}};
  const auto judged = [&](std::string host) {
    return problem({Draft{"leaf",
                          "sub",
                          {to_extension(SubjectAlternativeName{{DnsName{std::move(host)}}},
                                        Criticality::NotCritical)}},
                    Draft{"sub", "root", ca_with({to_extension(narrow)})},
                    Draft{"root", "root", ca_with({to_extension(wide)})}});
  };
  EXPECT_EQ(judged("app.corp.internal"), std::nullopt);
  EXPECT_EQ(judged("app.other.internal"), ChainProblem::NameNotAllowed);
}

TEST(NameConstraints, judge_names_in_the_subject_where_no_alternative_says_it) {
  ConstraintsOfPath constraints;
  constraints.add({{DnsName{"corp.internal"}, Rfc822Name{"corp.internal"}}, {}});
  const auto allowed = [&](const asn1::Oid& type, std::string_view value,
                           const BasicConstraints& basic = {}) {
    const auto serial = SerialNumber::parse("1").value();
    const auto subject = NameBuilder().add(type, value).build().value();
    const std::array extensions = {to_extension(basic, Criticality::Critical)};
    const Bytes tbs =
        build_tbs({.serial = serial,
                   .signature_algorithm = SignatureAlgorithm::Sha256WithEcdsa,
                   .issuer = subject.der(),
                   .validity = {at("2025-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z")},
                   .subject = subject.der(),
                   .public_key_info = the_key().public_key_info(),
                   .extensions = extensions});
    return constraints.allow(TbsCertificate::parse(tbs).value()).has_value();
  };
  EXPECT_TRUE(allowed(oids::kCommonName, "app.corp.internal"));
  EXPECT_FALSE(allowed(oids::kCommonName, "app.example.com"));
  EXPECT_TRUE(allowed(oids::kCommonName, "A person Inc."));
  EXPECT_TRUE(allowed(oids::kCommonName, "ca.example.com", {.ca = true}));
  EXPECT_FALSE(allowed(oids::kEmailAddress, "a@example.com"));
  EXPECT_TRUE(allowed(oids::kEmailAddress, "a@corp.internal"));
}

TEST(NameConstraints, give_up_when_judging_costs_too_much) {
  ConstraintsOfPath constraints;
  constraints.add({std::vector<GeneralName>(1000, DnsName{"corp.internal"}), {}});
  const std::vector<GeneralName> names(1000, DnsName{"app.corp.internal"});
  const Draft leaf{
      "leaf", "root", {to_extension(SubjectAlternativeName{names}, Criticality::NotCritical)}};
  const auto allowed = constraints.allow(leaf.signed_certificate().tbs());
  ASSERT_FALSE(allowed);
  EXPECT_TRUE(allowed.error().cause.ends_with("take too long to judge"));
}

}  // namespace
}  // namespace everseal::x509
