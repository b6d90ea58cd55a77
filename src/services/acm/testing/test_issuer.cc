#include "services/acm/testing/test_issuer.h"

#include <utility>

#include "x509/certificate_builder.h"
#include "x509/extension_writer.h"
#include "x509/key_identifier.h"
#include "x509/name.h"
#include "x509/oids.h"

namespace everseal::acm::testing {

namespace {

using x509::Criticality;
using x509::KeyUsageBit;
using Extensions = std::vector<x509::Extension>;

x509::SubjectAlternativeName names_in(const CertificateOrder& order) {
  x509::SubjectAlternativeName names;
  for (const auto& name : order.dns_names) names.names.push_back(x509::DnsName{name});
  for (const auto& address : order.ip_addresses) {
    names.names.push_back(*x509::IpAddress::parse(address));
  }
  return names;
}

Extensions end_entity(const CertificateOrder& order) {
  return {to_extension(x509::BasicConstraints{}, Criticality::NotCritical),
          to_extension(
              x509::KeyUsage::of({KeyUsageBit::DigitalSignature, KeyUsageBit::KeyEncipherment}),
              Criticality::Critical),
          to_extension(x509::ExtendedKeyUsage{{x509::oids::kServerAuth, x509::oids::kClientAuth}},
                       Criticality::NotCritical),
          to_extension(names_in(order), Criticality::NotCritical)};
}

class TestCertificate final : public SignedCertificate {
 public:
  TestCertificate(const TestIssuer& issuer, const x509::Certificate& certificate)
      : issuer_(issuer),
        serial_(certificate.serial().hex()),
        certificate_(to_bytes(certificate.der())),
        chain_{to_bytes(issuer.root().der())} {}

  const Bytes& certificate() const override { return certificate_; }
  const std::vector<Bytes>& chain() const override { return chain_; }
  Outcome store(sql::Transaction& tx) override {
    if (issuer_.cannot_store) return Fault::unavailable("the test's disk is full");
    const auto logged = tx.run("INSERT INTO test_leaf (serial) VALUES ($1)", serial_);
    if (!logged) return logged.error();
    return {};
  }

 private:
  const TestIssuer& issuer_;
  std::string serial_;
  Bytes certificate_;
  std::vector<Bytes> chain_;
};

}  // namespace

x509::Name common_name(std::string_view text) {
  return *x509::NameBuilder().add(x509::oids::kCommonName, text).build();
}

x509::Certificate certify(const crypto::PrivateKey& key, const x509::Name& issuer,
                          const Subject& subject, Random& random) {
  const auto serial = x509::SerialNumber::random(random);
  const auto algorithm = crypto::natural_signature(key.algorithm());
  const Bytes tbs = x509::build_tbs({.serial = serial,
                                     .signature_algorithm = algorithm,
                                     .issuer = issuer.der(),
                                     .validity = subject.validity,
                                     .subject = subject.name.der(),
                                     .public_key_info = subject.public_key_info,
                                     .extensions = subject.extensions});
  const auto signature = key.sign(algorithm, tbs);
  return *x509::Certificate::parse(x509::assemble_certificate(tbs, algorithm, *signature));
}

TestIssuer::TestIssuer(crypto::KeyAlgorithm key, const Clock& clock, Random& random)
    : key_(*crypto::PrivateKey::generate(key)), random_(random) {
  const auto name = *x509::NameBuilder()
                         .add(x509::oids::kOrganization, "Example Corp")
                         .add(x509::oids::kCommonName, "Test Root")
                         .build();
  const Extensions extensions{
      to_extension(x509::BasicConstraints{.ca = true, .path_length = {}}, Criticality::Critical),
      to_extension(x509::KeyUsage::of({KeyUsageBit::KeyCertSign, KeyUsageBit::CrlSign}),
                   Criticality::Critical)};
  root_ = certify(
      key_, name,
      {.name = name,
       .public_key_info = key_.public_key_info(),
       .extensions = extensions,
       .validity = {clock.now() - std::chrono::hours{1}, clock.now() + std::chrono::days{36'500}}},
      random_);
}

aws::Access TestIssuer::access(const std::string& certificate_authority_arn) {
  auto access = aws::on(certificate_authority_arn);
  access.resource_tags = [this]() -> Result<aws::Tags> { return tags; };
  return access;
}

Result<void, Refusal> TestIssuer::check(const CertificateOrder& order) {
  if (refusal_) return *refusal_;
  if (order.rights == CertificateOrder::Rights::Service && !permitted) {
    return Refusal{FailureReason::PcaAccessDenied, "no permission for acm.amazonaws.com"};
  }
  if (crypto::family_of(order.key_algorithm) != crypto::family_of(key_.algorithm())) {
    return Refusal{FailureReason::PcaInvalidArgs, "the key is not of the CA's family"};
  }
  return {};
}

Result<std::unique_ptr<SignedCertificate>, Refusal> TestIssuer::sign(const CertificateOrder& order,
                                                                     ByteView public_key_info) {
  if (const auto possible = check(order); !possible) return possible.error();
  const auto extensions = end_entity(order);
  const auto certificate = issue({.name = common_name(order.common_name),
                                  .public_key_info = public_key_info,
                                  .extensions = extensions,
                                  .validity = {order.not_before, order.not_after}});
  orders_.push_back(order);
  if (before_store) before_store();
  return std::unique_ptr<SignedCertificate>(std::make_unique<TestCertificate>(*this, certificate));
}

Outcome TestIssuer::revoke(sql::Transaction&, const Revocation& revocation) {
  if (keeps) return Fault::conflict(*keeps);
  revocations_.push_back(revocation);
  return {};
}

Outcome TestIssuer::make_log(sql::Transaction& tx) {
  return tx.script("CREATE TABLE test_leaf (serial TEXT PRIMARY KEY) STRICT");
}

Result<std::vector<std::string>> TestIssuer::logged_serials(sql::Snapshot& view) {
  const auto rows = view.all("SELECT serial FROM test_leaf ORDER BY serial");
  if (!rows) return rows.error();
  std::vector<std::string> serials;
  for (const auto& row : *rows) serials.push_back(row.text(0));
  return serials;
}

}  // namespace everseal::acm::testing
