#include "services/acmpca/testing/outside_ca.h"

#include "random/random.h"
#include "services/acmpca/testing/test_ca.h"
#include "x509/certificate_builder.h"
#include "x509/csr.h"
#include "x509/extension_writer.h"
#include "x509/oids.h"

namespace everseal::acmpca::testing {
namespace {

using x509::Criticality;
using x509::KeyUsageBit;

crypto::PrivateKey new_key() { return *crypto::PrivateKey::generate(crypto::KeyAlgorithm::P256); }

x509::Validity long_validity() { return {at("2020-01-01T00:00:00Z"), at("2060-01-01T00:00:00Z")}; }

x509::Certificate certificate_by(const crypto::PrivateKey& key, const x509::Name& issuer,
                                 const OutsideCa::Wish& wish) {
  SystemRandom random;
  const auto serial = x509::SerialNumber::random(random);
  constexpr auto algorithm = crypto::SignatureAlgorithm::Sha256WithEcdsa;
  const auto tbs = x509::build_tbs({.serial = serial,
                                    .signature_algorithm = algorithm,
                                    .issuer = issuer.der(),
                                    .validity = wish.validity,
                                    .subject = wish.subject.der(),
                                    .public_key_info = wish.public_key_info,
                                    .extensions = wish.extensions});
  const auto signature = key.sign(algorithm, tbs);
  return *x509::Certificate::parse(x509::assemble_certificate(tbs, algorithm, *signature));
}

}  // namespace

x509::Name named(std::string_view common_name) {
  return *x509::NameBuilder().add(x509::oids::kCommonName, common_name).build();
}

std::vector<x509::Extension> ca_extensions(std::optional<std::uint32_t> path_length) {
  return {x509::to_extension(x509::BasicConstraints{.ca = true, .path_length = path_length},
                             Criticality::Critical),
          x509::to_extension(x509::KeyUsage::of({KeyUsageBit::KeyCertSign, KeyUsageBit::CrlSign}),
                             Criticality::Critical)};
}

OutsideCa OutsideCa::root(std::string_view common_name, std::optional<std::uint32_t> path_length) {
  auto key = new_key();
  const auto name = named(common_name);
  auto certificate = certificate_by(
      key, name, {name, key.public_key_info(), long_validity(), ca_extensions(path_length)});
  return {std::move(key), {std::move(certificate)}};
}

OutsideCa OutsideCa::subordinate(std::string_view common_name,
                                 std::vector<x509::Extension> extensions) const {
  auto key = new_key();
  auto path = path_;
  path.insert(path.begin(), sign({named(common_name), key.public_key_info(), long_validity(),
                                  std::move(extensions)}));
  return {std::move(key), std::move(path)};
}

x509::Certificate OutsideCa::sign(const Wish& wish) const {
  return certificate_by(key_, certificate().subject(), wish);
}

x509::Certificate OutsideCa::sign_ca(std::string_view csr_pem, TimePoint now, std::int64_t count,
                                     std::vector<x509::Extension> extensions) const {
  const auto csr = x509::Csr::parse_pem(csr_pem);
  return sign({csr->subject(),
               to_bytes(csr->public_key_info()),
               {now - std::chrono::days{1}, now + std::chrono::days{count}},
               std::move(extensions)});
}

std::string OutsideCa::chain_pem() const { return x509::to_pem(path_); }

}  // namespace everseal::acmpca::testing
