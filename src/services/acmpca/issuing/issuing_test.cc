#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "asn1/pem.h"
#include "issuance/template.h"
#include "services/acmpca/operations/delete_certificate_authority.h"
#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/testing/test_ca.h"
#include "x509/chain.h"
#include "x509/csr.h"
#include "x509/extension_types.h"
#include "x509/oids.h"

namespace everseal::acmpca {
namespace {

using testing::at;
using testing::csr_for;
using testing::days;
using testing::TestCa;
using testing::years;

std::string_view code_of(const auto& answer) {
  return answer ? std::string_view("(none)") : answer.error().code;
}

std::vector<x509::Certificate> certificates_in(std::string_view pem) {
  return *x509::Certificate::parse_pem_chain(pem);
}

std::int64_t count_of(TestCa& world, std::string_view query) {
  const auto row = world.database->read([&](sql::Snapshot& view) { return view.one(query); });
  return (*row)->integer(0);
}

std::int64_t certificates_of(TestCa& world) {
  return count_of(world, "SELECT COUNT(*) FROM acmpca_certificate");
}

TEST(IssueCertificate, signs_what_the_csr_asks_for_as_the_default_template_moulds_it) {
  TestCa world;
  const auto ca = world.active_root();
  const auto certificate = world.issue(world.order(ca, csr_for("app.corp.internal")));
  EXPECT_EQ(certificate.subject().text(), "CN=app.corp.internal");
  EXPECT_EQ(certificate.issuer().text(), "CN=Example Root");
  EXPECT_EQ(certificate.validity().not_before, at("2025-03-01T11:00:00Z"));
  EXPECT_EQ(certificate.validity().not_after, at("2026-03-01T12:00:00Z"));
  EXPECT_EQ(certificate.serial().octets().size(), 16U);
  std::vector<std::string> types;
  for (const auto& extension : certificate.extensions()) types.push_back(extension.type.text());
  EXPECT_EQ(types, (std::vector<std::string>{"2.5.29.19", "2.5.29.35", "2.5.29.14", "2.5.29.15",
                                             "2.5.29.37"}));
}

TEST(IssueCertificate, names_the_certificate_by_its_serial_and_has_it_at_once) {
  TestCa world;
  const auto ca = world.active_root();
  const auto issued = world.run<IssueCertificate>(world.order(ca, csr_for("app.corp.internal")));
  const auto got = world.get(ca, issued->certificate_arn);
  const auto certificate = *x509::Certificate::parse_pem(got.certificate);
  EXPECT_EQ(issued->certificate_arn,
            ca.text() + "/certificate/" + certificate.serial().plain_hex());
  EXPECT_EQ(certificates_in(*got.certificate_chain).size(), 1U);
}

TEST(IssueCertificate, builds_hierarchies_of_five_levels_that_validate) {
  TestCa world;
  auto parent = world.active_root();
  std::int64_t validity = 3000;
  for (const auto* name :
       {"SubordinateCACertificate_PathLen3", "SubordinateCACertificate_PathLen2",
        "SubordinateCACertificate_PathLen1", "SubordinateCACertificate_PathLen0"}) {
    parent = world.active_subordinate(parent, name, validity, name);
    validity -= 100;
  }
  const auto issued = world.run<IssueCertificate>(world.order(parent, csr_for("leaf.internal")));
  const auto got = world.get(parent, issued->certificate_arn);
  auto path = certificates_in(got.certificate + *got.certificate_chain);
  EXPECT_EQ(path.size(), 6U);
  EXPECT_TRUE(x509::validate_chain(path, {.at = world.clock.now()}).has_value());

  const auto sixth = world.create(CaType::Subordinate);
  EXPECT_EQ(code_of(world.run<IssueCertificate>(world.order(
                parent, world.csr_of(sixth), "SubordinateCACertificate_PathLen0", days(10)))),
            "ValidationException");
}

TEST(IssueCertificate, knows_every_template) {
  TestCa world;
  const auto root = world.active_root();
  const auto below = world.create(CaType::Subordinate);
  std::size_t issued = 0, refused = 0;
  for (const auto& mould : issuance::all_templates()) {
    SCOPED_TRACE(mould.name);
    const bool is_root = mould.subject_kind == issuance::SubjectKind::RootCa;
    const auto csr = is_root         ? world.csr_of(root)
                     : mould.is_ca() ? world.csr_of(below)
                                     : csr_for("app.corp.internal");
    auto request = world.order(root, csr, mould.name, days(30));
    request.api_passthrough = ApiPassthrough{
        .extensions = Extensions{.certificate_policies = {},
                                 .extended_key_usage = {},
                                 .key_usage = mould.is_ca() ? KeyUsage{.key_cert_sign = true,
                                                                       .crl_sign = true}
                                                            : KeyUsage{.digital_signature = true},
                                 .subject_alternative_names = {},
                                 .custom_extensions = {}},
        .subject = std::nullopt};
    const auto answer = world.run<IssueCertificate>(request);
    // Without key usage from the API there would be a CA that may sign nothing: a lint refuses it.
    const bool needs_usage_from_csr =
        mould.is_ca() && !mould.key_usage && !issuance::takes_api(mould.passthrough);
    if (needs_usage_from_csr) {
      EXPECT_EQ(code_of(answer), "InvalidArgsException");
      ++refused;
      continue;
    }
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
    const auto got = world.get(root, answer->certificate_arn);
    EXPECT_EQ(got.certificate_chain.has_value(), !is_root);
    ++issued;
  }
  EXPECT_EQ(issued, 52U);
  EXPECT_EQ(refused, 4U);  // Blank..._CSRPassthrough
}

TEST(IssueCertificate, puts_the_api_above_the_csr_where_the_template_lets_it) {
  TestCa world;
  const auto ca = world.active_root();
  auto request = world.order(ca, csr_for("from.csr.internal"),
                             "BlankEndEntityCertificate_APIPassthrough", days(30));
  ApiPassthrough given;
  given.subject.emplace();
  given.subject->common_name = "from.api.internal";
  given.subject->organization = "Example Corp";
  given.extensions.emplace();
  GeneralName dns, ip, other;
  dns.dns_name = "from.api.internal";
  ip.ip_address = "10.0.0.7";
  other.other_name = OtherName{"1.3.6.1.4.1.311.20.2.3", "user@corp"};
  given.extensions->subject_alternative_names = {dns, ip, other};
  given.extensions->extended_key_usage = {
      {.extended_key_usage_type = ExtendedKeyUsageType::CodeSigning},
      {.extended_key_usage_object_identifier = "1.2.3.4"}};
  given.extensions->key_usage = KeyUsage{.digital_signature = true};
  given.extensions->certificate_policies = {
      {"1.2.3.4.5", {{PolicyQualifierId::Cps, {"http://cps.example/"}}}}};
  given.extensions->custom_extensions = {{"1.3.6.1.4.1.99999.1", "BAVoZWxsbw==", false}};
  request.api_passthrough = given;
  const auto certificate = world.issue(request);
  EXPECT_EQ(certificate.subject().text(), "CN=from.api.internal,O=Example Corp");
  const auto& extensions = certificate.extensions();
  const auto names = **extensions.get<x509::SubjectAlternativeName>();
  ASSERT_EQ(names.names.size(), 3U);
  EXPECT_EQ(x509::describe(names.names[1]), "IP Address:10.0.0.7");
  EXPECT_TRUE((*extensions.get<x509::ExtendedKeyUsage>())->has(x509::oids::kCodeSigning));
  EXPECT_EQ((*extensions.get<x509::CertificatePolicies>())->policies[0].qualifiers[0].cps_uri(),
            "http://cps.example/");
  EXPECT_EQ(extensions.find(asn1::Oid("1.3.6.1.4.1.99999.1"))->value,
            (Bytes{4, 5, 'h', 'e', 'l', 'l', 'o'}));

  request.template_arn = testing::template_arn("EndEntityCertificate");
  EXPECT_EQ(world.issue(request).subject().text(), "CN=from.csr.internal");
}

TEST(IssueCertificate, refuses_choices_with_none_or_several_members) {
  TestCa world;
  const auto ca = world.active_root();
  const auto code = [&](auto change) {
    auto request = world.order(ca, csr_for("app.internal"),
                               "BlankEndEntityCertificate_APIPassthrough", days(30));
    request.api_passthrough.emplace();
    request.api_passthrough->extensions.emplace();
    change(*request.api_passthrough);
    return code_of(world.run<IssueCertificate>(request));
  };
  EXPECT_EQ(code([](ApiPassthrough& given) {
              given.extensions->subject_alternative_names = {GeneralName{}};
            }),
            "InvalidArgsException");
  EXPECT_EQ(code([](ApiPassthrough& given) {
              GeneralName two;
              two.dns_name = "a.internal";
              two.ip_address = "10.0.0.1";
              given.extensions->subject_alternative_names = {two};
            }),
            "InvalidArgsException");
  EXPECT_EQ(code([](ApiPassthrough& given) {
              GeneralName bad;
              bad.ip_address = "10.0.0.300";
              given.extensions->subject_alternative_names = {bad};
            }),
            "InvalidArgsException");
  EXPECT_EQ(code([](ApiPassthrough& given) {
              given.extensions->extended_key_usage = {ExtendedKeyUsage{}};
            }),
            "InvalidArgsException");
  EXPECT_EQ(code([](ApiPassthrough& given) {
              given.extensions->custom_extensions = {{"1.2.3", "%%%%", std::nullopt}};
            }),
            "InvalidArgsException");
  for (const auto* uri : {"", "https://example.com/\xc3\xa9"}) {
    EXPECT_EQ(
        code([&](ApiPassthrough& given) {
          given.extensions->certificate_policies = {{"1.2.3", {{PolicyQualifierId::Cps, {uri}}}}};
        }),
        "InvalidArgsException");
  }
  EXPECT_EQ(code([](ApiPassthrough& given) {
              given.subject.emplace();
              given.subject->common_name = "a";
              given.subject->custom_attributes = {{"2.5.4.3", "b"}};
            }),
            "InvalidArgsException");
}

TEST(IssueCertificate, refuses_what_is_no_template_and_root_certificates_of_others) {
  TestCa world;
  const auto root = world.active_root();
  const auto below = world.active_subordinate(root, "SubordinateCACertificate_PathLen0", 1000);
  auto request = world.order(root, csr_for("app.internal"));
  request.template_arn = "arn:aws:acm-pca:::template/NoSuchTemplate/V1";
  EXPECT_EQ(code_of(world.run<IssueCertificate>(request)), "InvalidArgsException");
  request.template_arn = "arn:aws:acm-pca:us-east-1:111122223333:template/EndEntityCertificate/V1";
  EXPECT_EQ(code_of(world.run<IssueCertificate>(request)), "InvalidArnException");
  EXPECT_EQ(code_of(world.run<IssueCertificate>(
                world.order(below, world.csr_of(below), "RootCACertificate", days(10)))),
            "InvalidArgsException");
  EXPECT_EQ(code_of(world.run<IssueCertificate>(
                world.order(root, csr_for("app.internal"), "RootCACertificate", days(10)))),
            "MalformedCSRException");
}

TEST(IssueCertificate, refuses_csrs_that_are_none_and_keys_that_nobody_proved_to_have) {
  TestCa world;
  const auto ca = world.active_root();
  EXPECT_EQ(code_of(world.run<IssueCertificate>(world.order(ca, "not a CSR"))),
            "MalformedCSRException");
  auto cut = to_bytes(x509::Csr::parse_pem(csr_for("app.internal"))->der());
  cut.pop_back();
  EXPECT_EQ(world.run<IssueCertificate>(world.order(ca, asn1::Pem::print(asn1::kCsrLabel, cut)))
                .error()
                .message,
            "The certificate signing request is invalid: certification request: octet 0: a value "
            "is cut off.");
  auto der = to_bytes(x509::Csr::parse_pem(csr_for("app.internal"))->der());
  der.back() ^= 1;
  EXPECT_EQ(
      code_of(world.run<IssueCertificate>(world.order(ca, asn1::Pem::print(asn1::kCsrLabel, der)))),
      "MalformedCSRException");
  EXPECT_EQ(code_of(world.run<IssueCertificate>(
                world.order(ca, csr_for(testing::leaf_key(), x509::Name())))),
            "MalformedCSRException");
}

TEST(IssueCertificate, refuses_signing_algorithms_of_other_families) {
  TestCa world;
  auto request = world.order(world.active_root(), csr_for("app.internal"));
  for (const auto algorithm :
       {SigningAlgorithm::Sha256WithRsa, SigningAlgorithm::MlDsa65, SigningAlgorithm::Sm3WithSm2}) {
    request.signing_algorithm = algorithm;
    EXPECT_EQ(code_of(world.run<IssueCertificate>(request)), "InvalidArgsException");
  }
  request.signing_algorithm = SigningAlgorithm::Sha512WithEcdsa;
  EXPECT_TRUE(world.run<IssueCertificate>(request).has_value());
}

TEST(IssueCertificate, takes_every_kind_of_validity_and_refuses_what_outlives_the_ca) {
  TestCa world;
  const auto ca = world.active_root();
  const auto end = [&](Validity validity) {
    return world.issue(world.order(ca, csr_for("a.internal"), "EndEntityCertificate", validity))
        .validity()
        .not_after;
  };
  using Type = ValidityPeriodType;
  EXPECT_EQ(end({1, Type::Days}), at("2025-03-02T12:00:00Z"));
  EXPECT_EQ(end({13, Type::Months}), at("2026-04-01T12:00:00Z"));
  EXPECT_EQ(end({10, Type::Years}), at("2035-03-01T12:00:00Z"));
  EXPECT_EQ(end({1767225600, Type::Absolute}), at("2026-01-01T00:00:00Z"));
  EXPECT_EQ(end({260101000000, Type::EndDate}), at("2026-01-01T00:00:00Z"));
  const auto code = [&](Validity validity) {
    return code_of(world.run<IssueCertificate>(
        world.order(ca, csr_for("a.internal"), "EndEntityCertificate", validity)));
  };
  EXPECT_EQ(code({3653, Type::Days}), "ValidationException");
  EXPECT_EQ(code({1, Type::Absolute}), "ValidationException");
  EXPECT_EQ(code({269901000000, Type::EndDate}), "ValidationException");
  auto request = world.order(ca, csr_for("a.internal"));
  request.validity_not_before = days(1);
  EXPECT_EQ(code_of(world.run<IssueCertificate>(request)), "ValidationException");
  request.validity_not_before = Validity{1740873600, Type::Absolute};
  EXPECT_EQ(world.issue(request).validity().not_before, at("2025-03-02T00:00:00Z"));
}

TEST(IssueCertificate, keeps_short_lived_cas_to_seven_days_but_not_their_own_certificate) {
  TestCa world;
  const auto ca =
      world.active_root("Short", KeyAlgorithm::EcP256, UsageMode::ShortLivedCertificate);
  EXPECT_TRUE(world
                  .run<IssueCertificate>(
                      world.order(ca, csr_for("a.internal"), "EndEntityCertificate", days(7)))
                  .has_value());
  EXPECT_EQ(code_of(world.run<IssueCertificate>(
                world.order(ca, csr_for("a.internal"), "EndEntityCertificate", days(8)))),
            "ValidationException");
}

TEST(IssueCertificate, lets_a_pending_root_issue_its_own_certificate_and_nothing_else) {
  TestCa world;
  const auto ca = world.create(CaType::Root);
  const auto refused = world.run<IssueCertificate>(world.order(ca, csr_for("app.internal")));
  EXPECT_EQ(code_of(refused), "InvalidStateException");
  EXPECT_EQ(refused.error().message,
            "The certificate authority is not in a valid state for issuing certificates");
  const auto below = world.create(CaType::Subordinate);
  EXPECT_EQ(code_of(world.run<IssueCertificate>(world.order(below, csr_for("app.internal")))),
            "InvalidStateException");
  const auto issued = world.run<IssueCertificate>(
      world.order(ca, world.csr_of(ca), "RootCACertificate", years(10)));
  ASSERT_TRUE(issued.has_value());
  EXPECT_FALSE(world.get(ca, issued->certificate_arn).certificate_chain.has_value());
}

TEST(IssueCertificate, works_with_rsa_cas) {
  TestCa world;
  const auto ca = world.active_root("RSA Root", KeyAlgorithm::Rsa2048);
  const auto certificate = world.issue(world.order(ca, csr_for("app.internal")));
  EXPECT_EQ(x509::signature_algorithm(certificate.signature_algorithm()),
            crypto::SignatureAlgorithm::Sha256WithRsa);
}

TEST(IssueCertificate, sees_changes_that_others_made_to_a_ca_it_keeps_in_memory) {
  TestCa world;
  const auto ca = world.active_root();
  const auto request = world.order(ca, csr_for("app.internal"));
  ASSERT_TRUE(world.run<IssueCertificate>(request).has_value());
  const auto set_status = [&](std::string_view status) {
    const auto done = world.database->write([&](sql::Transaction& tx) {
      return tx.run("UPDATE acmpca_certificate_authority SET status = $1, version = version + 1",
                    status);
    });
    ASSERT_TRUE(done.has_value());
  };
  set_status("DISABLED");
  EXPECT_EQ(code_of(world.run<IssueCertificate>(request)), "InvalidStateException");
  set_status("ACTIVE");
  EXPECT_TRUE(world.run<IssueCertificate>(request).has_value());
}

TEST(IssueCertificate, answers_a_token_once_within_five_minutes) {
  TestCa world;
  const auto ca = world.active_root();
  auto request = world.order(ca, csr_for("app.internal"));
  request.idempotency_token = "token-1";
  const auto before = certificates_of(world);
  const auto first = world.run<IssueCertificate>(request)->certificate_arn;
  request.validity = days(7);
  world.clock.advance(std::chrono::minutes{5} - std::chrono::milliseconds{1});
  EXPECT_EQ(world.run<IssueCertificate>(request)->certificate_arn, first);
  EXPECT_EQ(certificates_of(world), before + 1);
  world.clock.advance(std::chrono::milliseconds{1});
  EXPECT_NE(world.run<IssueCertificate>(request)->certificate_arn, first);
  EXPECT_EQ(certificates_of(world), before + 2);
}

TEST(IssueCertificate, answers_a_token_though_the_ca_was_disabled_meanwhile) {
  TestCa world;
  const auto ca = world.active_root();
  auto request = world.order(ca, csr_for("app.internal"));
  request.idempotency_token = "token-1";
  const auto first = world.run<IssueCertificate>(request)->certificate_arn;
  ASSERT_TRUE(
      world.run<UpdateCertificateAuthority>({ca, std::nullopt, CaStatus::Disabled}).has_value());
  const auto again = world.run<IssueCertificate>(request);
  ASSERT_TRUE(again.has_value()) << again.error().message;
  EXPECT_EQ(again->certificate_arn, first);
  request.idempotency_token = "token-2";
  EXPECT_EQ(code_of(world.run<IssueCertificate>(request)), "InvalidStateException");
}

TEST(IssueCertificate, issues_one_certificate_for_a_token_that_comes_from_many_at_once) {
  TestCa world;
  auto request = world.order(world.active_root(), csr_for("app.internal"));
  request.idempotency_token = "token-1";
  const auto before = certificates_of(world);
  std::vector<std::string> arns(8);
  {
    std::vector<std::jthread> threads;
    for (auto& arn : arns) {
      threads.emplace_back([&] { arn = world.run<IssueCertificate>(request)->certificate_arn; });
    }
  }
  EXPECT_EQ(std::set<std::string>(arns.begin(), arns.end()).size(), 1U);
  EXPECT_EQ(certificates_of(world), before + 1);
}

TEST(IssueCertificate, does_not_pile_up_tokens_that_have_ended) {
  TestCa world;
  auto request = world.order(world.active_root(), csr_for("app.internal"));
  for (int i = 0; i < 20; ++i) {
    request.idempotency_token = "token-" + std::to_string(i);
    ASSERT_TRUE(world.run<IssueCertificate>(request).has_value());
    if (i % 2 == 1) world.clock.advance(std::chrono::minutes{6});
  }
  EXPECT_LE(count_of(world, "SELECT COUNT(*) FROM acmpca_idempotency"), 4);
}

TEST(IssueCertificate, is_judged_by_its_template) {
  TestCa world;
  const auto ca = world.active_root();
  const auto access = [&](const IssueCertificate::Request& request) {
    return world.operation<IssueCertificate>().access(request, world.call);
  };
  auto request = world.order(ca, csr_for("app.internal"));
  using Context = decltype(access(request).context);
  EXPECT_EQ(access(request).resources, std::vector<std::string>{ca.text()});
  EXPECT_EQ(access(request).context,
            (Context{{"acm-pca:TemplateArn", {testing::template_arn("EndEntityCertificate")}}}));
  request.template_arn = testing::template_arn("CodeSigningCertificate");
  EXPECT_EQ(access(request).context,
            (Context{{"acm-pca:TemplateArn", {testing::template_arn("CodeSigningCertificate")}}}));
}

TEST(IssueCertificate, finds_no_ca_of_another_account_or_region) {
  TestCa world;
  const auto request = world.order(world.active_root(), csr_for("app.internal"));
  world.call.caller.account = "444455556666";
  EXPECT_EQ(code_of(world.run<IssueCertificate>(request)), "ResourceNotFoundException");
  world.call.caller.account = "111122223333";
  world.call.region = "eu-west-1";
  EXPECT_EQ(code_of(world.run<IssueCertificate>(request)), "InvalidArnException");
}

TEST(GetCertificate, refuses_what_this_ca_never_issued_and_cas_that_cannot_have) {
  TestCa world;
  const auto ca = world.active_root();
  const auto unknown = certificate_arn(ca, Bytes{1, 2, 3});
  EXPECT_EQ(code_of(world.run<GetCertificate>({ca, unknown})), "ResourceNotFoundException");
  EXPECT_EQ(code_of(world.run<GetCertificate>({ca, ca.text()})), "InvalidArnException");
  const auto pending = world.create(CaType::Root);
  const auto refused = world.run<GetCertificate>({pending, certificate_arn(pending, Bytes{1})});
  EXPECT_EQ(code_of(refused), "InvalidStateException");
  EXPECT_EQ(refused.error().message,
            "The certificate authority " + pending.text() +
                " is not in the correct state to have issued certificates.");
}

TEST(GetCertificate, answers_for_disabled_and_expired_cas_but_not_for_deleted_ones) {
  TestCa world;
  const auto ca = world.active_root();
  const auto arn =
      world.run<IssueCertificate>(world.order(ca, csr_for("app.internal")))->certificate_arn;
  ASSERT_TRUE(
      world.run<UpdateCertificateAuthority>({ca, std::nullopt, CaStatus::Disabled}).has_value());
  EXPECT_TRUE(world.run<GetCertificate>({ca, arn}).has_value());
  world.clock.set(at("2040-01-01T00:00:00Z"));
  ASSERT_EQ(world.status(ca), CaStatus::Expired);
  EXPECT_TRUE(world.run<GetCertificate>({ca, arn}).has_value());
  ASSERT_TRUE(world.run<DeleteCertificateAuthority>({ca, 7}).has_value());
  EXPECT_EQ(code_of(world.run<GetCertificate>({ca, arn})), "InvalidStateException");
}

}  // namespace
}  // namespace everseal::acmpca
