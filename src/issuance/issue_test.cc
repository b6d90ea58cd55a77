#include "issuance/issue.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "issuance/testing/test_ca.h"
#include "latch/testing/many_threads.h"
#include "x509/chain.h"
#include "x509/key_identifier.h"

namespace everseal::issuance {
namespace {

using namespace testing;
using Kind = Refusal::Kind;
using crypto::KeyAlgorithm;
using x509::Certificate;
namespace oids = x509::oids;

constexpr std::string_view leaf = "EndEntityCertificate";

Kind kind_of(const Result<Certificate, Refusal>& outcome) { return outcome.error().kind; }

TEST(Issue, makes_a_root_that_vouches_for_itself) {
  for (const auto algorithm :
       {KeyAlgorithm::P256, KeyAlgorithm::P384, KeyAlgorithm::P521, KeyAlgorithm::Rsa2048}) {
    const TestCa root = TestCa::root(algorithm);
    EXPECT_TRUE(root.certificate.is_self_issued());
    EXPECT_TRUE(x509::signed_by(root.certificate, root.certificate));
    EXPECT_EQ(root.certificate.validity().not_before, noon - std::chrono::hours(1));
    EXPECT_EQ(root.certificate.validity().not_after, at("2035-03-01T12:00:00Z"));
    EXPECT_FALSE(root.certificate.extensions().contains(oids::kAuthorityKeyIdentifier));
  }
}

TEST(Issue, makes_a_chain_that_validates_from_leaf_to_root) {
  TestCa root = TestCa::root(KeyAlgorithm::Rsa2048);
  TestCa upper = root.subordinate("SubordinateCACertificate_PathLen1");
  const Applying applying(KeyAlgorithm::P384);
  const auto csr = applying.request("Lower");
  const auto lower_certificate =
      upper
          .issue({.certificate_template = template_named("SubordinateCACertificate_PathLen0"),
                  .applicant = csr,
                  .signature_algorithm = upper.algorithm(),
                  .validity = days(300)})
          .value();
  TestCa lower =
      TestCa::from(applying, lower_certificate, {upper.certificate, root.certificate}, {});
  const auto certificate =
      lower.issue(leaf, Applying().request("app.corp.internal"), days(299)).value();
  const std::vector<Certificate> path{certificate, lower.certificate, upper.certificate,
                                      root.certificate};
  const auto valid = x509::validate_chain(path, {.at = noon});
  EXPECT_TRUE(valid) << valid.error().cause;
}

TEST(Issue, gives_each_certificate_another_serial_of_16_octets) {
  TestCa root = TestCa::root();
  const auto csr = Applying().request("app.corp.internal");
  std::set<std::string> serials;
  for (int round = 0; round < 50; ++round) {
    const auto certificate = root.issue(leaf, csr).value();
    EXPECT_EQ(certificate.serial().octets().size(), 16U);
    serials.insert(certificate.serial().hex());
  }
  EXPECT_EQ(serials.size(), 50U);
}

TEST(Issue, names_issuer_and_subject_by_their_keys) {
  TestCa root = TestCa::root();
  const Applying applying;
  const auto certificate = root.issue(leaf, applying.request("app.corp.internal")).value();
  EXPECT_EQ(certificate.issuer(), root.certificate.subject());
  const auto authority = **certificate.extensions().get<x509::AuthorityKeyIdentifier>();
  EXPECT_EQ(*authority.key_id, x509::issuer_key_identifier(root.certificate).value());
  EXPECT_TRUE(authority.issuer.empty());
  EXPECT_FALSE(authority.serial);
  const auto own = **certificate.extensions().get<x509::SubjectKeyIdentifier>();
  EXPECT_EQ(own.key_id, x509::key_identifier(applying.key->public_key_info()).value());
}

TEST(Issue, gives_back_the_parts_of_what_it_signed) {
  TestCa root = TestCa::root();
  const auto csr = Applying().request("app.corp.internal");
  const auto issued = issue(root.issuer,
                            {.certificate_template = default_template(),
                             .applicant = csr,
                             .signature_algorithm = root.algorithm(),
                             .validity = days(1)},
                            noon, root.random);
  const auto parsed = Certificate::parse(issued->der).value();
  EXPECT_EQ(parsed.serial(), issued->tbs.serial());
  EXPECT_EQ(parsed.subject().text(), "CN=app.corp.internal,C=US");
  EXPECT_TRUE(std::ranges::equal(parsed.tbs().der(), issued->tbs.der()));
}

TEST(Issue, certifies_a_key_of_our_own_without_a_request) {
  TestCa root = TestCa::root();
  const Applying own;
  ApiPassthrough wanted;
  wanted.subject = name_of("app.corp.internal");
  wanted.subject_alternative_names = {x509::DnsName{"app.corp.internal"},
                                      x509::IpAddress::parse("127.0.0.1").value()};
  const auto certificate = root.issue({.certificate_template = default_template(),
                                       .applicant = OwnKey{own.key->public_key_info()},
                                       .signature_algorithm = root.algorithm(),
                                       .validity = days(1),
                                       .passthrough = wanted});
  ASSERT_TRUE(certificate) << certificate.error().message;
  EXPECT_EQ(certificate->subject(), *wanted.subject);
  const auto names = **certificate->extensions().get<x509::SubjectAlternativeName>();
  EXPECT_EQ(names.names, wanted.subject_alternative_names);
}

TEST(Issue, marks_alternative_names_critical_where_there_is_no_subject) {
  TestCa root = TestCa::root();
  const auto csr = Applying().request(x509::Name(), {dns_names({"app.corp.internal"})});
  const auto certificate = root.issue(leaf, csr).value();
  EXPECT_TRUE(certificate.extensions().find(oids::kSubjectAlternativeName)->critical);
}

TEST(Issue, refuses_a_request_that_names_nobody) {
  TestCa root = TestCa::root();
  EXPECT_EQ(kind_of(root.issue(leaf, Applying().request(x509::Name()))), Kind::MalformedCsr);
}

TEST(Issue, refuses_a_request_that_its_key_did_not_sign) {
  TestCa root = TestCa::root();
  const auto csr = Applying().request(name_of("app.corp.internal"), {}, /*spoil=*/1);
  EXPECT_EQ(kind_of(root.issue(leaf, csr)), Kind::MalformedCsr);
}

TEST(Issue, refuses_a_signature_of_the_other_family) {
  TestCa root = TestCa::root();
  const auto csr = Applying().request("app.corp.internal");
  EXPECT_EQ(kind_of(root.issue({.certificate_template = default_template(),
                                .applicant = csr,
                                .signature_algorithm = crypto::SignatureAlgorithm::Sha256WithRsa,
                                .validity = days(1)})),
            Kind::FamilyMismatch);
}

TEST(Issue, lets_a_leaf_end_with_its_issuer_and_a_ca_only_before) {
  TestCa root = TestCa::root();
  const Applying applying;
  const auto csr = applying.request("Below");
  const ValidityPeriod the_end{ValidityPeriod::Type::EndDate, 20350301120000};
  const ValidityPeriod after{ValidityPeriod::Type::EndDate, 20350301120001};
  const ValidityPeriod before{ValidityPeriod::Type::EndDate, 20350301115959};
  const auto subordinate = "SubordinateCACertificate_PathLen0";
  EXPECT_TRUE(root.issue(leaf, csr, the_end));
  EXPECT_EQ(kind_of(root.issue(leaf, csr, after)), Kind::ValidityBeyondIssuer);
  EXPECT_TRUE(root.issue(subordinate, csr, before));
  EXPECT_EQ(kind_of(root.issue(subordinate, csr, the_end)), Kind::ValidityBeyondIssuer);
}

TEST(Issue, keeps_short_lived_cas_to_their_days) {
  TestCa root = TestCa::root();
  root.issuer.limit_validity(std::chrono::days(7));
  const auto csr = Applying().request("app.corp.internal");
  EXPECT_TRUE(root.issue(leaf, csr, days(7)));
  EXPECT_EQ(kind_of(root.issue(leaf, csr, days(8))), Kind::ValidityTooLong);
}

TEST(Issue, refuses_a_path_longer_than_any_ca_above_permits) {
  TestCa root = TestCa::root();
  TestCa two = root.subordinate("SubordinateCACertificate_PathLen2");
  const auto csr = Applying().request("Below");
  EXPECT_TRUE(two.issue("SubordinateCACertificate_PathLen1", csr, days(9)));
  EXPECT_EQ(kind_of(two.issue("SubordinateCACertificate_PathLen2", csr, days(9))),
            Kind::PathLength);
  EXPECT_EQ(kind_of(two.issue("SubordinateCACertificate_PathLen3", csr, days(9))),
            Kind::PathLength);
  EXPECT_TRUE(two.issue(leaf, csr, days(9)));
  // A certificate that promises more than the chain above it permits gains nothing by it.
  const Issuer generous =
      Issuer::make(root.certificate, std::vector{two.certificate}, root.applying.key).value();
  EXPECT_EQ(generous.path_length(), 1U);
}

TEST(Issue, refuses_a_ca_below_one_that_may_have_none) {
  TestCa root = TestCa::root();
  TestCa last = root.subordinate("SubordinateCACertificate_PathLen0");
  const auto csr = Applying().request("Below");
  EXPECT_EQ(kind_of(last.issue("SubordinateCACertificate_PathLen0", csr, days(9))),
            Kind::PathLength);
  EXPECT_TRUE(last.issue(leaf, csr, days(9)));
}

TEST(Issue, honours_the_name_constraints_of_the_ca) {
  TestCa root = TestCa::root();
  const auto only_corp = x509::to_extension(
      x509::NameConstraints{.permitted = {x509::DnsName{"corp.internal"}}, .excluded = {}});
  TestCa below = root.subordinate("SubordinateCACertificate_PathLen0_CSRPassthrough", {only_corp});
  const Applying applying;
  EXPECT_TRUE(below.issue(
      leaf, applying.request(name_of("App"), {dns_names({"app.corp.internal"})}), days(9)));
  EXPECT_EQ(kind_of(below.issue(
                leaf, applying.request(name_of("App"), {dns_names({"app.example.com"})}), days(9))),
            Kind::NameNotPermitted);
}

TEST(Issue, signs_nothing_but_its_own_root_without_a_certificate) {
  const Applying ca;
  const auto bare = Issuer::without_certificate(ca.key);
  SystemRandom random;
  const auto ask = [&](std::string_view name, const x509::Csr& csr) {
    return issue(bare,
                 {.certificate_template = template_named(name),
                  .applicant = csr,
                  .signature_algorithm = crypto::SignatureAlgorithm::Sha256WithEcdsa,
                  .validity = days(1)},
                 noon, random);
  };
  EXPECT_EQ(ask(leaf, Applying().request("app")).error().kind, Kind::IssuerCannotSign);
  EXPECT_EQ(ask("RootCACertificate", Applying().request("Root")).error().kind, Kind::MalformedCsr);
  EXPECT_TRUE(ask("RootCACertificate", ca.request("Root")));
}

TEST(Issue, does_not_sign_with_a_certificate_that_is_not_a_cas) {
  TestCa root = TestCa::root();
  const Applying applying;
  const auto certificate = root.issue(leaf, applying.request("app.corp.internal")).value();
  const auto issuer = Issuer::make(certificate, {}, applying.key).value();
  const auto csr = Applying().request("below");
  const auto refused = issue(issuer,
                             {.certificate_template = default_template(),
                              .applicant = csr,
                              .signature_algorithm = root.algorithm(),
                              .validity = days(1)},
                             noon, root.random);
  EXPECT_EQ(refused.error().kind, Kind::IssuerCannotSign);
}

TEST(Issuer, is_refused_with_the_certificate_of_another_key) {
  const TestCa root = TestCa::root();
  EXPECT_FALSE(Issuer::make(root.certificate, {}, Applying().key));
}

TEST(Issue, refuses_an_extension_that_the_api_asks_for_twice) {
  TestCa root = TestCa::root();
  const auto csr = Applying().request("app.corp.internal");
  ApiPassthrough twice;
  twice.subject_alternative_names = {x509::DnsName{"app.corp.internal"}};
  twice.custom_extensions = {dns_names({"app.corp.internal"})};
  EXPECT_EQ(kind_of(root.issue(
                {.certificate_template = template_named("EndEntityCertificate_APIPassthrough"),
                 .applicant = csr,
                 .signature_algorithm = root.algorithm(),
                 .validity = days(1),
                 .passthrough = twice})),
            Kind::InvalidPassthrough);
}

TEST(Issue, refuses_what_breaks_a_rule_and_says_which) {
  TestCa root = TestCa::root();
  const auto csr = Applying().request(
      name_of("app"), {dns_names({"not a name"}),
                       x509::to_extension(x509::KeyUsage::of({x509::KeyUsageBit::KeyCertSign}),
                                          x509::Criticality::Critical)});
  const auto refused = root.issue("BlankEndEntityCertificate_CSRPassthrough", csr);
  EXPECT_EQ(kind_of(refused), Kind::LintFailed);
  EXPECT_NE(refused.error().message.find("not a name is not a DNS name (RFC 5280, 4.2.1.6)"),
            std::string::npos)
      << refused.error().message;
  EXPECT_NE(refused.error().message.find("keyCertSign"), std::string::npos);
}

TEST(Issue, refuses_an_extension_whose_value_is_none) {
  TestCa root = TestCa::root();
  const x509::Extension broken{oids::kCertificatePolicies, false, to_bytes("nonsense")};
  const auto csr = Applying().request(name_of("app"), {broken});
  EXPECT_EQ(kind_of(root.issue("EndEntityCertificate_CSRPassthrough", csr)), Kind::LintFailed);
}

TEST(Issue, serves_many_threads_with_one_issuer) {
  const TestCa root = TestCa::root();
  const auto csr = Applying().request("app.corp.internal");
  in_threads(4, [&](int /*thread*/) {
    SystemRandom random;
    for (int round = 0; round < 20; ++round) {
      const auto issued = issue(root.issuer,
                                {.certificate_template = default_template(),
                                 .applicant = csr,
                                 .signature_algorithm = root.algorithm(),
                                 .validity = days(1)},
                                noon, random);
      ASSERT_TRUE(issued);
      EXPECT_TRUE(x509::signed_by(root.certificate, Certificate::parse(issued->der).value()));
    }
  });
}

// Whatever somebody asks for: what is signed validates, and names the right CA.
RC_GTEST_PROP(Issue, signs_only_what_validates, ()) {
  static TestCa root = TestCa::root();
  static const Applying applying;
  const auto& mould = *rc::gen::elementOf(std::vector<const Template*>([] {
    std::vector<const Template*> all;
    for (const auto& each : all_templates()) {
      if (each.subject_kind != SubjectKind::RootCa) all.push_back(&each);
    }
    return all;
  }()));
  const auto bits = *rc::gen::inRange<std::uint16_t>(1, 0x200);
  const auto dns = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab-*._ \x80")));
  std::vector<x509::Extension> asked{
      x509::to_extension(x509::KeyUsage{bits}, x509::Criticality::Critical)};
  if (std::ranges::all_of(dns, [](char each) { return each > 0; }))
    asked.push_back(dns_names({dns}));
  const auto issued = root.issue(mould->name, applying.request(name_of("App"), asked), days(30));
  if (!issued) {
    RC_ASSERT(issued.error().kind == Kind::LintFailed);
    return;
  }
  const std::vector<Certificate> path{*issued, root.certificate};
  RC_ASSERT(x509::validate_chain(path, {.at = noon}).has_value());
}

}  // namespace
}  // namespace everseal::issuance
