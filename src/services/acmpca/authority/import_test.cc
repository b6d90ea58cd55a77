#include <gtest/gtest.h>

#include "encoding/hex.h"
#include "services/acmpca/operations/import_certificate_authority_certificate.h"
#include "services/acmpca/testing/outside_ca.h"
#include "services/acmpca/testing/test_ca.h"
#include "x509/chain.h"
#include "x509/extension_types.h"
#include "x509/extension_writer.h"
#include "x509/oids.h"

namespace everseal::acmpca {
namespace {

using testing::csr_for;
using testing::days;
using testing::OutsideCa;
using testing::TestCa;
using testing::years;

std::string_view code_of(const auto& answer) {
  return answer ? std::string_view("(none)") : answer.error().code;
}

// A SUBORDINATE that waits for a certificate from outside.
struct Waiting {
  TestCa world;
  OutsideCa root = OutsideCa::root("Outside Root");
  AuthorityArn ca = world.create(CaType::Subordinate);

  x509::Certificate certificate(std::vector<x509::Extension> extensions) {
    return root.sign_ca(world.csr_of(ca), world.clock.now(), 365, std::move(extensions));
  }
  auto import(std::string_view certificate_pem, std::string_view chain_pem) {
    return world.run<ImportCertificateAuthorityCertificate>(
        {.certificate = to_bytes(certificate_pem),
         .certificate_authority_arn = ca,
         .certificate_chain = to_bytes(chain_pem)});
  }
  std::string_view code(const x509::Certificate& certificate) {
    return code_of(import(certificate.pem(), root.chain_pem()));
  }
};

x509::Extension critical(const asn1::Oid& type, Bytes value) {
  return {type, true, std::move(value)};
}

TEST(ImportCertificateAuthorityCertificate, activates_a_ca_with_a_certificate_from_outside) {
  Waiting waiting;
  const auto certificate = waiting.certificate(testing::ca_extensions(0));
  EXPECT_EQ(waiting.code(certificate), "(none)");
  EXPECT_EQ(waiting.world.status(waiting.ca), CaStatus::Active);
  const auto leaf = waiting.world.issue(
      waiting.world.order(waiting.ca, csr_for("app.internal"), "EndEntityCertificate", days(30)));
  const std::vector path{leaf, certificate, waiting.root.certificate()};
  EXPECT_TRUE(x509::validate_chain(path, {.at = waiting.world.clock.now()}).has_value());
}

TEST(ImportCertificateAuthorityCertificate, refuses_what_is_not_pem_or_not_one_certificate) {
  Waiting waiting;
  const auto good = waiting.certificate(testing::ca_extensions());
  const auto chain = waiting.root.chain_pem();
  EXPECT_EQ(code_of(waiting.import("nonsense", chain)), "MalformedCertificateException");
  EXPECT_EQ(code_of(waiting.import(good.pem() + good.pem(), chain)),
            "MalformedCertificateException");
  EXPECT_EQ(code_of(waiting.import(good.pem(), waiting.world.csr_of(waiting.ca))),
            "MalformedCertificateException");
}

TEST(ImportCertificateAuthorityCertificate, refuses_another_key_and_another_issuer) {
  Waiting waiting;
  const auto stranger = waiting.root.subordinate("Stranger").certificate();
  EXPECT_EQ(waiting.code(stranger), "CertificateMismatchException");
  const auto good = waiting.certificate(testing::ca_extensions());
  EXPECT_EQ(code_of(waiting.import(good.pem(), OutsideCa::root("Outside Root").chain_pem())),
            "CertificateMismatchException");
  EXPECT_EQ(code_of(waiting.import(good.pem(), OutsideCa::root("Another Root").chain_pem())),
            "CertificateMismatchException");
}

TEST(ImportCertificateAuthorityCertificate, wants_a_chain_for_subordinates_and_none_for_roots) {
  Waiting waiting;
  const auto good = waiting.certificate(testing::ca_extensions());
  EXPECT_EQ(code_of(waiting.import(good.pem(), "")), "InvalidRequestException");

  TestCa world;
  const auto root = world.create(CaType::Root);
  const auto issued = world.run<IssueCertificate>(
      world.order(root, world.csr_of(root), "RootCACertificate", years(10)));
  const auto own = world.get(root, issued->certificate_arn).certificate;
  const auto import = [&](const AuthorityArn& ca, std::string_view pem, std::string_view chain) {
    return code_of(
        world.run<ImportCertificateAuthorityCertificate>({.certificate = to_bytes(pem),
                                                          .certificate_authority_arn = ca,
                                                          .certificate_chain = to_bytes(chain)}));
  };
  EXPECT_EQ(import(root, own, own), "InvalidRequestException");
  const auto outside = OutsideCa::root("Outside");
  const auto not_self_signed = outside.sign_ca(world.csr_of(root), world.clock.now(), 365);
  EXPECT_EQ(import(root, not_self_signed.pem(), ""), "InvalidRequestException");
  EXPECT_EQ(import(root, own, ""), "(none)");
}

TEST(ImportCertificateAuthorityCertificate, refuses_a_self_signed_certificate_of_a_subordinate) {
  TestCa world;
  // A root made the certificate; the row then says SUBORDINATE, which no caller could arrange.
  const auto ca = world.create(CaType::Root);
  const auto issued = world.run<IssueCertificate>(
      world.order(ca, world.csr_of(ca), "RootCACertificate", years(10)));
  const auto own = world.get(ca, issued->certificate_arn).certificate;
  ASSERT_TRUE(world.database
                  ->write([&](sql::Transaction& tx) {
                    return tx.run("UPDATE acmpca_certificate_authority SET type = 'SUBORDINATE'");
                  })
                  .has_value());
  EXPECT_EQ(code_of(world.run<ImportCertificateAuthorityCertificate>(
                {.certificate = to_bytes(own),
                 .certificate_authority_arn = ca,
                 .certificate_chain = to_bytes(own)})),
            "InvalidRequestException");
}

TEST(ImportCertificateAuthorityCertificate, refuses_bad_basic_constraints) {
  Waiting waiting;
  const auto with = [&](x509::BasicConstraints constraints, x509::Criticality criticality) {
    return waiting.code(waiting.certificate({x509::to_extension(constraints, criticality)}));
  };
  using x509::Criticality;
  EXPECT_EQ(waiting.code(waiting.certificate({})), "ValidationException");
  EXPECT_EQ(with({.ca = true, .path_length = std::nullopt}, Criticality::NotCritical),
            "ValidationException");
  EXPECT_EQ(with({.ca = false, .path_length = std::nullopt}, Criticality::Critical),
            "ValidationException");
  EXPECT_EQ(with({.ca = true, .path_length = std::nullopt}, Criticality::Critical), "(none)");
}

TEST(ImportCertificateAuthorityCertificate, refuses_a_path_length_that_the_chain_exceeds) {
  TestCa world;
  const auto import = [&](const OutsideCa& parent) {
    const auto ca = world.create(CaType::Subordinate);
    const auto certificate = parent.sign_ca(world.csr_of(ca), world.clock.now(), 365);
    return code_of(world.run<ImportCertificateAuthorityCertificate>(
        {.certificate = to_bytes(certificate.pem()),
         .certificate_authority_arn = ca,
         .certificate_chain = to_bytes(parent.chain_pem())}));
  };
  EXPECT_EQ(import(OutsideCa::root("Root", 0)), "ValidationException");
  EXPECT_EQ(import(OutsideCa::root("Root", 1)), "(none)");
  EXPECT_EQ(import(OutsideCa::root("Root", 1).subordinate("Middle")), "ValidationException");
  EXPECT_EQ(import(OutsideCa::root("Root", 2).subordinate("Middle")), "(none)");
  EXPECT_EQ(import(OutsideCa::root("Root").subordinate("Middle", testing::ca_extensions(0))),
            "ValidationException");
}

// A critical extension with a value that its type allows.
struct CriticalExtension {
  asn1::Oid type;
  std::string_view value;  // DER, hexadecimal
};
namespace oids = x509::oids;

// What a CA's certificate says with this extension, in place of its own of that type.
std::string_view code_with(Waiting& waiting, const CriticalExtension& added) {
  auto extensions = testing::ca_extensions();
  std::erase_if(extensions, [&](const auto& old) { return old.type == added.type; });
  extensions.push_back(critical(added.type, *encoding::from_hex(std::string(added.value))));
  return waiting.code(waiting.certificate(std::move(extensions)));
}

TEST(ImportCertificateAuthorityCertificate, takes_these_extensions_though_they_are_critical) {
  const CriticalExtension permitted[] = {
      {oids::kAuthorityKeyIdentifier, "3000"},
      {oids::kBasicConstraints, "30030101ff"},
      {oids::kCertificatePolicies, "3006300406022a03"},
      {oids::kExtendedKeyUsage, "300a06082b06010505070301"},
      {oids::kInhibitAnyPolicy, "020100"},
      {oids::kIssuerAlternativeName, "3003820161"},
      {oids::kKeyUsage, "03020106"},
      {oids::kNameConstraints, "3007a0053003820161"},
      {oids::kPolicyMappings, "300a300806022a0306022a04"},
      {oids::kSubjectAlternativeName, "3003820161"},
      {oids::kSubjectDirectoryAttributes, "3000"},
      {oids::kSubjectKeyIdentifier, "040101"},
      {oids::kSubjectInfoAccess, "300f300d06082b06010505073005860161"},
  };
  Waiting waiting;
  for (const auto& extension : permitted) {
    EXPECT_EQ(code_with(waiting, extension), "(none)") << extension.type.text();
  }
}

TEST(ImportCertificateAuthorityCertificate, refuses_other_extensions_that_are_critical) {
  const CriticalExtension forbidden[] = {
      {oids::kAuthorityInfoAccess, "300f300d06082b06010505073001860161"},
      {oids::kCrlDistributionPoints, "30093007a005a003860161"},
      {oids::kFreshestCrl, "30093007a005a003860161"},
      {oids::kPolicyConstraints, "3003800100"},
      {asn1::Oid("1.2.3.4"), "3000"},
  };
  Waiting waiting;
  for (const auto& extension : forbidden) {
    EXPECT_EQ(code_with(waiting, extension), "InvalidRequestException") << extension.type.text();
  }
}

TEST(ImportCertificateAuthorityCertificate, refuses_chains_with_a_gap_or_without_a_root) {
  TestCa world;
  const auto root = OutsideCa::root("Root");
  const auto middle = root.subordinate("Middle");
  const auto ca = world.create(CaType::Subordinate);
  const auto certificate = middle.sign_ca(world.csr_of(ca), world.clock.now(), 365);
  const auto import = [&](std::string_view chain) {
    return code_of(world.run<ImportCertificateAuthorityCertificate>(
        {.certificate = to_bytes(certificate.pem()),
         .certificate_authority_arn = ca,
         .certificate_chain = to_bytes(chain)}));
  };
  EXPECT_EQ(import(middle.certificate().pem()), "MalformedCertificateException");
  EXPECT_EQ(import(middle.certificate().pem() + OutsideCa::root("Root").chain_pem()),
            "MalformedCertificateException");
  EXPECT_EQ(import(root.chain_pem()), "CertificateMismatchException");
  EXPECT_EQ(import(middle.chain_pem()), "(none)");
}

TEST(ImportCertificateAuthorityCertificate, refuses_certificates_that_are_over) {
  Waiting waiting;
  const auto certificate = waiting.certificate(testing::ca_extensions());
  waiting.world.clock.advance(std::chrono::days{400});
  EXPECT_EQ(waiting.code(certificate), "ValidationException");
}

TEST(ImportCertificateAuthorityCertificate, lets_a_ca_go_on_with_its_next_certificate) {
  Waiting waiting;
  ASSERT_EQ(waiting.code(waiting.certificate(testing::ca_extensions())), "(none)");
  const auto request =
      waiting.world.order(waiting.ca, csr_for("app.internal"), "EndEntityCertificate", days(500));
  EXPECT_EQ(code_of(waiting.world.run<IssueCertificate>(request)), "ValidationException");
  const auto longer =
      waiting.root.sign_ca(waiting.world.csr_of(waiting.ca), waiting.world.clock.now(), 1000);
  ASSERT_EQ(waiting.code(longer), "(none)");
  EXPECT_EQ(code_of(waiting.world.run<IssueCertificate>(request)), "(none)");
}

TEST(IssueCertificate, refuses_names_that_a_ca_above_does_not_permit) {
  Waiting waiting;
  auto extensions = testing::ca_extensions();
  extensions.push_back(x509::to_extension(
      x509::NameConstraints{.permitted = {x509::DnsName{"corp.internal"}}, .excluded = {}}));
  ASSERT_EQ(waiting.code(waiting.certificate(extensions)), "(none)");
  const auto order = [&](std::string_view name) {
    return waiting.world.order(waiting.ca, csr_for(name), "EndEntityCertificate", days(30));
  };
  EXPECT_EQ(code_of(waiting.world.run<IssueCertificate>(order("app.corp.internal"))), "(none)");
  EXPECT_EQ(code_of(waiting.world.run<IssueCertificate>(order("app.other.internal"))),
            "InvalidArgsException");
}

}  // namespace
}  // namespace everseal::acmpca
