#include "pki.h"

#include "asn1/pem.h"
#include "crypto/private_key.h"
#include "issuance/crl.h"
#include "need.h"
#include "x509/crl.h"
#include "x509/csr_builder.h"
#include "x509/name.h"

namespace everseal::bench {
namespace {

constexpr auto algorithm = crypto::SignatureAlgorithm::Sha256WithEcdsa;

x509::Csr request(const keys::SigningKey& key, std::string_view common_name) {
  const auto name = need(x509::NameBuilder()
                             .add(x509::oids::kCountry, "US")
                             .add(x509::oids::kOrganization, "Bench")
                             .add(x509::oids::kCommonName, common_name)
                             .build());
  const Bytes info = x509::build_csr_info(name.der(), key.public_key_info(), {});
  return need(
      x509::Csr::parse(x509::assemble_csr(info, algorithm, need(key.sign(algorithm, info)))));
}

std::shared_ptr<const keys::MemoryKey> new_key() {
  return std::make_shared<const keys::MemoryKey>(
      need(crypto::PrivateKey::generate(crypto::KeyAlgorithm::P256)));
}

}  // namespace

Pki::Pki() : root_(make_root()), issuing_ca_(make_issuing_ca()) {}

x509::Certificate Pki::issue(const issuance::Issuer& issuer, const keys::SigningKey& key,
                             std::string_view common_name, std::string_view template_name,
                             std::int64_t days) {
  const auto* shape =
      issuance::find_template("arn:aws:acm-pca:::template/" + std::string(template_name) + "/V1");
  if (shape == nullptr) give_up("no template " + std::string(template_name));
  const auto csr = request(key, common_name);
  const auto issued = issuance::issue(issuer,
                                      {.certificate_template = *shape,
                                       .applicant = csr,
                                       .signature_algorithm = algorithm,
                                       .validity = {issuance::ValidityPeriod::Type::Days, days}},
                                      now_, random_);
  if (!issued) give_up(issued.error().message);
  return need(x509::Certificate::parse(issued->der));
}

Pki::Ca Pki::make_root() {
  auto key = new_key();
  auto certificate = issue(issuance::Issuer::without_certificate(key), *key, "Bench Root CA",
                           "RootCACertificate", 3);
  auto issuer = need(issuance::Issuer::make(certificate, {}, key));
  return {std::move(key), std::move(certificate), std::move(issuer)};
}

Pki::Ca Pki::make_issuing_ca() {
  auto key = new_key();
  auto certificate =
      issue(root_.issuer, *key, "Bench Issuing CA", "SubordinateCACertificate_PathLen0", 2);
  auto issuer = need(issuance::Issuer::make(certificate, {&root_.certificate, 1}, key));
  return {std::move(key), std::move(certificate), std::move(issuer)};
}

tls::ServerIdentity Pki::identity(const Ca& ca, std::string_view common_name,
                                  std::string_view template_name) {
  auto key = need(crypto::PrivateKey::generate(crypto::KeyAlgorithm::P256));
  tls::ServerIdentity made;
  made.private_key = key.to_pkcs8();
  const keys::MemoryKey signing(std::move(key));
  made.chain.push_back(to_bytes(issue(ca.issuer, signing, common_name, template_name, 1).der()));
  return made;
}

tls::ServerIdentity Pki::server() {
  return identity(root_, "edge.bench.internal", "EndEntityServerAuthCertificate");
}

tls::ServerIdentity Pki::client(std::string_view common_name) {
  return identity(root_, common_name, "EndEntityClientAuthCertificate");
}

tls::ServerIdentity Pki::client_of_issuing_ca(std::string_view common_name) {
  auto made = identity(issuing_ca_, common_name, "EndEntityClientAuthCertificate");
  made.chain.push_back(to_bytes(issuing_ca_.certificate.der()));
  return made;
}

gateway::Revoked Pki::others(std::size_t count) {
  gateway::Revoked all{.issuer = root_.certificate.subject(), .serials = {}};
  for (std::size_t made = 0; made < count; ++made) {
    all.serials.push_back(x509::SerialNumber::random(random_));
  }
  return all;
}

std::string Pki::crl(const gateway::Revoked& revoked) const {
  Bytes run;
  for (const auto& serial : revoked.serials) {
    x509::append_crl_entry(run, serial.octets(), now_);
  }
  const issuance::CrlRuns runs{run.size(), [&](const auto& use) { return use(run); }};
  Bytes der;
  const auto made = issuance::sign_crl(root_.issuer,
                                       {.signature_algorithm = algorithm,
                                        .this_update = now_,
                                        .next_update = now_ + std::chrono::hours(24),
                                        .number = 1},
                                       runs, [&](ByteView octets) {
                                         der.insert(der.end(), octets.begin(), octets.end());
                                         return Outcome();
                                       });
  if (!made) give_up(made.error().cause);
  return asn1::Pem("X509 CRL", der).text();
}

gateway::Revoked entry(const tls::ServerIdentity& identity) {
  const auto certificate = need(x509::Certificate::parse(identity.chain.front()));
  return {.issuer = certificate.issuer(), .serials = {certificate.serial()}};
}

std::string pem_of(const tls::ServerIdentity& identity) {
  std::string text;
  for (const auto& der : identity.chain) text += asn1::Pem("CERTIFICATE", der).text();
  return text + asn1::Pem("PRIVATE KEY", to_bytes(identity.private_key.reveal())).text();
}

}  // namespace everseal::bench
