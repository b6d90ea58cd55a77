#include <gtest/gtest.h>

#include <algorithm>

#include "asn1/der_reader.h"
#include "asn1/der_writer.h"
#include "asn1/pem.h"
#include "keys/encrypted_pkcs8.h"
#include "services/acm/operations/delete_certificate.h"
#include "services/acm/operations/get_certificate.h"
#include "services/acm/operations/import_certificate.h"
#include "services/acm/operations/list_certificates.h"
#include "services/acm/testing/world.h"
#include "x509/extension_writer.h"
#include "x509/oids.h"

namespace everseal::acm {
namespace {

using namespace std::chrono_literals;
using testing::World;
using x509::Criticality;
using x509::KeyUsageBit;
using Extensions = std::vector<x509::Extension>;

constexpr std::string_view kEcParameters =
    "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";

crypto::PrivateKey new_key(crypto::KeyAlgorithm algorithm = crypto::KeyAlgorithm::P256) {
  return *crypto::PrivateKey::generate(algorithm);
}

std::string pkcs8_pem(const crypto::PrivateKey& key) {
  return asn1::Pem::print("PRIVATE KEY", key.to_pkcs8().reveal());
}

// What is inside of PKCS#8: PKCS#1 or SEC 1.
std::string inner_pem(const crypto::PrivateKey& key, std::string_view label) {
  const auto pkcs8 = key.to_pkcs8();
  asn1::DerReader in(pkcs8.reveal());
  ByteView inner;
  in.sequence([&](asn1::DerReader& info) {
    info.integer();
    info.any();
    inner = info.octet_string();
  });
  return asn1::Pem::print(label, inner);
}

x509::Extension names(std::initializer_list<std::string> dns_names) {
  x509::SubjectAlternativeName names;
  for (const auto& name : dns_names) names.names.push_back(x509::DnsName{name});
  return to_extension(names, Criticality::NotCritical);
}
x509::Extension signs() {
  return to_extension(x509::KeyUsage::of({KeyUsageBit::DigitalSignature}), Criticality::Critical);
}
x509::Extension serves(std::vector<asn1::Oid> purposes = {x509::oids::kServerAuth}) {
  return to_extension(x509::ExtendedKeyUsage{std::move(purposes)}, Criticality::NotCritical);
}

struct ImportTest : ::testing::Test {
  World world;
  crypto::PrivateKey key = new_key();
  Extensions extensions{names({"app.corp.internal", "db.corp.internal"}), signs(), serves()};
  x509::Validity validity{world.clock.now() - 1h, world.clock.now() + std::chrono::days{90}};

  x509::Certificate certificate(const crypto::PrivateKey& of) const {
    return world.issuer.issue({.name = testing::common_name("app.corp.internal"),
                               .public_key_info = of.public_key_info(),
                               .extensions = extensions,
                               .validity = validity});
  }
  x509::Certificate certificate() const { return certificate(key); }

  ImportCertificate::Request request(const std::string& pem) const { return request(pem, key); }
  ImportCertificate::Request request(const std::string& pem, const crypto::PrivateKey& of) const {
    ImportCertificate::Request request;
    request.certificate = to_bytes(pem);
    request.private_key = SecretBytes::copy_of(pkcs8_pem(of));
    request.certificate_chain = to_bytes(world.issuer.root().pem());
    return request;
  }
  Result<ImportCertificate::Response, ApiError> import(const ImportCertificate::Request& request) {
    return ImportCertificate{*world.database, world.clock,  world.random,  world.vault,
                             world.listener,  world.events, world.settings}(request, world.call);
  }
  std::string imported() { return import(request(certificate().pem()))->certificate_arn; }

  // What is wrong with it, in the words of the caller; empty if it is taken.
  std::string refusal(const ImportCertificate::Request& request) {
    const auto answer = import(request);
    if (answer) return {};
    EXPECT_EQ(answer.error().code, "ValidationException");
    return answer.error().message;
  }
  std::string refusal(const std::string& pem) { return refusal(request(pem)); }
};

#define EXPECT_SAYS(words, text) \
  EXPECT_NE(std::string(text).find(words), std::string::npos) << "said: " << (text)

TEST_F(ImportTest, is_described_as_imported_and_never_renewed) {
  const auto arn = imported();
  const auto detail = world.describe(arn);
  EXPECT_EQ(detail.type, CertificateType::Imported);
  EXPECT_EQ(detail.status, CertificateStatus::Issued);
  EXPECT_EQ(detail.imported_at, world.clock.now());
  EXPECT_FALSE(detail.issued_at);
  EXPECT_FALSE(detail.certificate_authority_arn);
  EXPECT_EQ(detail.domain_name, "app.corp.internal");
  EXPECT_EQ(detail.subject_alternative_names,
            (std::vector<std::string>{"app.corp.internal", "db.corp.internal"}));
  EXPECT_EQ(detail.renewal_eligibility, RenewalEligibility::Ineligible);
  EXPECT_EQ(world.renew(arn).error().code, "ValidationException");
  EXPECT_EQ(world.export_certificate(arn).error().code, "ValidationException");
  EXPECT_EQ(world.promised(kRenewJob), 0U);
}

TEST_F(ImportTest, gives_back_what_came) {
  const auto pem = certificate().pem();
  const auto arn = import(request(pem))->certificate_arn;
  const auto answer = GetCertificate{*world.database}({arn}, world.call);
  EXPECT_EQ(answer->certificate, pem);
  EXPECT_EQ(answer->certificate_chain, world.issuer.root().pem());
}

TEST_F(ImportTest, needs_no_chain) {
  auto alone = request(certificate().pem());
  alone.certificate_chain.reset();
  const auto arn = import(alone)->certificate_arn;
  EXPECT_FALSE(GetCertificate{*world.database}({arn}, world.call)->certificate_chain);
}

TEST_F(ImportTest, takes_keys_of_all_seven_algorithms_but_the_chain_must_be_of_their_family) {
  for (const auto algorithm :
       {crypto::KeyAlgorithm::Rsa2048, crypto::KeyAlgorithm::Rsa3072, crypto::KeyAlgorithm::Rsa4096,
        crypto::KeyAlgorithm::P256, crypto::KeyAlgorithm::P384, crypto::KeyAlgorithm::P521}) {
    const auto other = new_key(algorithm);
    auto alone = request(certificate(other).pem(), other);
    alone.certificate_chain.reset();
    const auto arn = import(alone)->certificate_arn;
    EXPECT_EQ(world.describe(arn).key_algorithm, printed(model_algorithm(algorithm)));
    const auto with_chain = request(certificate(other).pem(), other);
    if (crypto::family_of(algorithm) == crypto::KeyFamily::Rsa) {
      EXPECT_SAYS("one family", refusal(with_chain));
    } else {
      EXPECT_EQ(refusal(with_chain), "");
    }
  }
}

TEST_F(ImportTest, takes_keys_in_the_forms_of_openssl) {
  auto curve = request(certificate().pem());
  curve.private_key =
      SecretBytes::copy_of(std::string(kEcParameters) + inner_pem(key, "EC PRIVATE KEY"));
  EXPECT_EQ(refusal(curve), "");
  const auto rsa = new_key(crypto::KeyAlgorithm::Rsa2048);
  auto other = request(certificate(rsa).pem(), rsa);
  other.private_key = SecretBytes::copy_of(inner_pem(rsa, "RSA PRIVATE KEY"));
  other.certificate_chain.reset();
  EXPECT_EQ(refusal(other), "");
}

TEST_F(ImportTest, refuses_keys_that_are_not_the_one) {
  const auto with_key = [&](std::string pem) {
    auto changed = request(certificate().pem());
    changed.private_key = SecretBytes::copy_of(pem);
    return refusal(changed);
  };
  EXPECT_SAYS("does not match", with_key(pkcs8_pem(new_key())));
  EXPECT_SAYS("does not match", with_key(pkcs8_pem(new_key(crypto::KeyAlgorithm::P384))));
  EXPECT_SAYS("PEM", with_key("no key at all"));
  EXPECT_SAYS("PEM", with_key(std::string(kEcParameters)));
  EXPECT_SAYS("more than one", with_key(pkcs8_pem(key) + pkcs8_pem(key)));
  EXPECT_SAYS("no private key", with_key(certificate().pem()));
  const auto encrypted =
      *keys::encrypt_pkcs8(key.to_pkcs8(), SecretBytes::copy_of("abcd"), world.random);
  EXPECT_SAYS("encrypted", with_key(asn1::Pem::print("ENCRYPTED PRIVATE KEY", encrypted)));
}

TEST_F(ImportTest, refuses_certificates_that_are_none_or_not_valid_now) {
  EXPECT_SAYS("PEM", refusal(to_text(certificate().der())));
  EXPECT_SAYS("more than one", refusal(certificate().pem() + certificate().pem()));
  EXPECT_SAYS("not a valid X.509", refusal(asn1::Pem::print("CERTIFICATE", Bytes{0x30, 0x00})));
  EXPECT_SAYS("not a valid X.509", refusal(pkcs8_pem(key)));
  validity = {world.clock.now() + 1h, world.clock.now() + 2h};
  EXPECT_SAYS("not valid yet", refusal(certificate().pem()));
  validity = {world.clock.now() - 2h, world.clock.now() - 1h};
  EXPECT_SAYS("expired", refusal(certificate().pem()));
}

TEST_F(ImportTest, refuses_an_ocsp_address_that_is_too_long) {
  const auto with_address = [&](std::size_t size) {
    extensions = {names({"app.corp.internal"}),
                  to_extension(x509::AuthorityInfoAccess{
                      {{x509::oids::kAccessOcsp, x509::UniformResourceIdentifier{
                                                     "http://" + std::string(size - 7, 'a')}}}})};
    return refusal(certificate().pem());
  };
  EXPECT_EQ(with_address(1000), "");
  EXPECT_SAYS("OCSP", with_address(1001));
}

TEST_F(ImportTest, refuses_chains_that_do_not_lead_up) {
  const auto with_chain = [&](std::string pem) {
    auto changed = request(certificate().pem());
    changed.certificate_chain = to_bytes(pem);
    return refusal(changed);
  };
  const World elsewhere;
  EXPECT_SAYS("index within the chain of the invalid certificate is: 0",
              with_chain(elsewhere.issuer.root().pem()));
  EXPECT_SAYS("index within the chain of the invalid certificate is: 1",
              with_chain(world.issuer.root().pem() + elsewhere.issuer.root().pem()));
  EXPECT_SAYS("must not contain the certificate itself", refusal([&] {
                const auto pem = certificate().pem();
                auto changed = request(pem);
                changed.certificate_chain = to_bytes(pem + world.issuer.root().pem());
                return changed;
              }()));
  EXPECT_SAYS("PEM", with_chain("no chain"));
  EXPECT_SAYS("PEM", with_chain(pkcs8_pem(key)));
}

TEST_F(ImportTest, takes_a_chain_over_an_intermediate_in_order_only) {
  const auto middle_key = new_key();
  const Extensions authority{
      to_extension(x509::BasicConstraints{.ca = true, .path_length = 0}, Criticality::Critical),
      to_extension(x509::KeyUsage::of({KeyUsageBit::KeyCertSign}), Criticality::Critical)};
  const auto middle = world.issuer.issue({.name = testing::common_name("Issuing"),
                                          .public_key_info = middle_key.public_key_info(),
                                          .extensions = authority,
                                          .validity = validity});
  const auto leaf = testing::certify(middle_key, middle.subject(),
                                     {.name = testing::common_name("app.corp.internal"),
                                      .public_key_info = key.public_key_info(),
                                      .extensions = extensions,
                                      .validity = validity},
                                     world.random);
  auto changed = request(leaf.pem());
  changed.certificate_chain = to_bytes(middle.pem() + world.issuer.root().pem());
  EXPECT_EQ(refusal(changed), "");
  changed.certificate_chain = to_bytes(middle.pem());  // the root may be left out
  EXPECT_EQ(refusal(changed), "");
  changed.certificate_chain = to_bytes(world.issuer.root().pem() + middle.pem());
  EXPECT_SAYS("is: 0", refusal(changed));
}

TEST_F(ImportTest, shows_missing_extensions_as_any_and_none) {
  extensions = {names({"app.corp.internal"})};
  const auto detail = world.describe(imported());
  ASSERT_EQ(detail.key_usages.size(), 1U);
  EXPECT_EQ(detail.key_usages[0].name, KeyUsageName::Any);
  ASSERT_EQ(detail.extended_key_usages.size(), 1U);
  EXPECT_EQ(detail.extended_key_usages[0].name, ExtendedKeyUsageName::None);
  EXPECT_FALSE(detail.extended_key_usages[0].oid);
}

TEST_F(ImportTest, without_a_name_is_listed_only_when_its_key_type_is_asked_for) {
  const auto rsa = new_key(crypto::KeyAlgorithm::Rsa2048);
  extensions = {signs()};
  auto nameless = request(world.issuer
                              .issue({.name = testing::common_name("Router 7"),
                                      .public_key_info = rsa.public_key_info(),
                                      .extensions = extensions,
                                      .validity = validity})
                              .pem(),
                          rsa);
  nameless.certificate_chain.reset();
  const auto arn = import(nameless)->certificate_arn;
  EXPECT_FALSE(world.describe(arn).domain_name);
  const ListCertificates list{*world.database, world.clock};
  EXPECT_TRUE(list({}, world.call)->certificate_summary_list.empty());
  ListCertificates::Request all;
  all.includes = ListCertificates::Includes{};
  all.includes->key_types = {KeyAlgorithm::Rsa2048};
  EXPECT_EQ(list(all, world.call)->certificate_summary_list.size(), 1U);
}

TEST_F(ImportTest, a_successor_takes_over_the_arn_and_its_users_hear_of_it) {
  const auto arn = imported();
  ASSERT_TRUE(world.database->write([&](sql::Transaction& tx) {
    return world.service.users().attach(tx, arn, "arn:aws:test:::listener");
  }));
  const auto serial = world.describe(arn).serial;
  const auto created_at = world.describe(arn).created_at;
  world.clock.advance(1h);
  const auto other = new_key();
  extensions = {names({"db.corp.internal", "new.corp.internal"}), signs(),
                serves({x509::oids::kServerAuth, x509::oids::kClientAuth})};
  auto successor = request(certificate(other).pem(), other);
  successor.certificate_arn = arn;
  EXPECT_EQ(import(successor)->certificate_arn, arn);
  const auto detail = world.describe(arn);
  EXPECT_NE(detail.serial, serial);
  EXPECT_EQ(detail.created_at, created_at);
  EXPECT_EQ(detail.imported_at, world.clock.now());
  EXPECT_EQ(detail.in_use_by.size(), 1U);
  EXPECT_EQ(world.listener.heard, std::vector<std::string>{arn});
}

TEST_F(ImportTest, a_successor_must_be_like_the_one_before) {
  const auto arn = imported();
  const auto replace = [&](const crypto::PrivateKey& of) {
    auto successor = request(certificate(of).pem(), of);
    successor.certificate_arn = arn;
    return refusal(successor);
  };
  const auto all = extensions;
  EXPECT_SAYS("type and size", replace(new_key(crypto::KeyAlgorithm::P384)));
  extensions = {
      all[0], to_extension(x509::KeyUsage::of({KeyUsageBit::KeyAgreement}), Criticality::Critical),
      all[2]};
  EXPECT_SAYS("every key usage", replace(key));
  extensions = {all[0], all[1], serves({x509::oids::kClientAuth})};
  EXPECT_SAYS("every extended key usage", replace(key));
  extensions = {all[0], all[1]};
  EXPECT_SAYS("every extended key usage", replace(key));
  EXPECT_TRUE(world.listener.heard.empty());
}

TEST_F(ImportTest, a_successor_must_keep_a_name) {
  extensions = {names({"old.corp.internal"})};
  const auto other_name = [&](std::string_view name) {
    return world.issuer.issue({.name = testing::common_name(name),
                               .public_key_info = key.public_key_info(),
                               .extensions = extensions,
                               .validity = validity});
  };
  const auto arn = import(request(other_name("old.corp.internal").pem()))->certificate_arn;
  extensions = {names({"new.corp.internal"})};
  auto successor = request(other_name("new.corp.internal").pem());
  successor.certificate_arn = arn;
  EXPECT_SAYS("at least one name", refusal(successor));
}

TEST_F(ImportTest, a_successor_needs_an_imported_certificate_and_brings_no_tags) {
  auto successor = request(certificate().pem());
  successor.certificate_arn = world.issued();
  EXPECT_SAYS("was not imported", refusal(successor));
  successor.certificate_arn = "arn:aws:acm:us-east-1:111122223333:certificate/x";
  EXPECT_EQ(import(successor).error().code, "ResourceNotFoundException");
  successor.tags = {{"team", "web"}};
  EXPECT_EQ(import(successor).error().code, "InvalidParameterException");
}

TEST_F(ImportTest, its_chain_goes_with_it) {
  const auto arn = imported();
  ASSERT_TRUE(DeleteCertificate{*world.database}({arn}, world.call));
  const auto chains = world.database->read(
      [](sql::Snapshot& view) { return view.all("SELECT chain_key FROM acm_chain"); });
  EXPECT_TRUE(chains->empty());
}

}  // namespace
}  // namespace everseal::acm
