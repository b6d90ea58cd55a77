#pragma once

#include <string_view>
#include <vector>

#include "clock/time_text.h"
#include "crypto/private_key.h"
#include "x509/certificate.h"
#include "x509/certificate_builder.h"
#include "x509/extension_writer.h"

// For tests: certificates of a path in few words.
namespace everseal::x509::testing {

inline crypto::PrivateKey new_key() {
  return crypto::PrivateKey::generate(crypto::KeyAlgorithm::P256).value();
}

// The key of all who have no other.
inline const crypto::PrivateKey& the_key() {
  static const auto made = new_key();
  return made;
}

inline Name organization(std::string_view text) {
  return NameBuilder().add(oids::kOrganization, text).build().value();
}

struct Draft {
  std::string_view subject;
  std::string_view issuer;
  std::vector<Extension> extensions = {
      to_extension(BasicConstraints{.ca = true}, Criticality::Critical)};
  Validity validity = {parse_iso8601("2025-01-01T00:00:00Z").value(),
                       parse_iso8601("2027-01-01T00:00:00Z").value()};
  std::string_view serial = "1";
  const crypto::PrivateKey& key = the_key();
  const crypto::PrivateKey& issuer_key = the_key();

  Certificate signed_certificate() const {
    const auto number = SerialNumber::parse(serial).value();
    const auto algorithm = crypto::SignatureAlgorithm::Sha256WithEcdsa;
    const Bytes tbs = build_tbs({.serial = number,
                                 .signature_algorithm = algorithm,
                                 .issuer = organization(issuer).der(),
                                 .validity = validity,
                                 .subject = organization(subject).der(),
                                 .public_key_info = key.public_key_info(),
                                 .extensions = extensions});
    return Certificate::parse(
               assemble_certificate(tbs, algorithm, issuer_key.sign(algorithm, tbs).value()))
        .value();
  }
};

// Of a CA certificate.
inline std::vector<Extension> ca_with(std::initializer_list<Extension> others,
                                      BasicConstraints own = {.ca = true}) {
  std::vector<Extension> extensions = {to_extension(own, Criticality::Critical)};
  extensions.insert(extensions.end(), others.begin(), others.end());
  return extensions;
}

}  // namespace everseal::x509::testing
