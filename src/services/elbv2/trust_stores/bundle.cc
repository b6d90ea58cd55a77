#include "services/elbv2/trust_stores/bundle.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <string>
#include <utility>

#include "asn1/der_reader.h"
#include "asn1/pem.h"
#include "crypto/public_key.h"
#include "services/elbv2/trust_stores/armour.h"
#include "services/elbv2/trust_stores/errors.h"
#include "x509/algorithm.h"
#include "x509/extension_types.h"
#include "x509/public_key_info.h"

namespace everseal::elbv2::trust_stores {
namespace {

using x509::Certificate;

constexpr asn1::Oid rsa_encryption{"1.2.840.113549.1.1.1"};
constexpr asn1::Oid rsassa_pss{"1.2.840.113549.1.1.10"};
constexpr std::array<asn1::Oid, 3> sha_2{asn1::Oid{"2.16.840.1.101.3.4.2.1"},
                                         asn1::Oid{"2.16.840.1.101.3.4.2.2"},
                                         asn1::Oid{"2.16.840.1.101.3.4.2.3"}};

// Of the modulus; 0 if the key cannot be read.
std::size_t rsa_bits(ByteView key) {
  asn1::DerReader in(key);
  ByteView modulus;
  in.sequence([&](asn1::DerReader& numbers) {
    modulus = numbers.integer();
    static_cast<void>(numbers.integer());
  });
  if (!in.finish("RSA key")) return 0;
  if (!modulus.empty() && modulus.front() == 0) modulus = modulus.subspan(1);
  if (modulus.empty()) return 0;
  return modulus.size() * 8 - static_cast<std::size_t>(std::countl_zero(modulus.front()));
}

bool has_key_that_is_taken(const Certificate& certificate) {
  asn1::DerReader in(certificate.public_key_info());
  const auto info = x509::read_public_key_info(in);
  if (!in.finish("key")) return false;
  if (info.algorithm.oid != rsa_encryption) {
    const auto key = crypto::PublicKey::from_spki(certificate.public_key_info());
    return key && crypto::family_of(key->algorithm()) == crypto::KeyFamily::Ec;
  }
  const auto bits = rsa_bits(info.key);
  return bits >= 2048 && bits <= 8192;
}

// RSASSA-PSS-params (RFC 4055, 3.1); without a hash it is SHA-1.
bool hashes_with_sha_2(const x509::Algorithm& pss) {
  std::optional<asn1::Oid> hash;
  asn1::DerReader in(pss.parameters);
  in.sequence([&](asn1::DerReader& parameters) {
    if (parameters.next_is(asn1::context_constructed(0))) {
      parameters.constructed(asn1::context_constructed(0), [&](asn1::DerReader& wrapped) {
        hash = x509::read_algorithm(wrapped).oid;
      });
    }
    while (!parameters.at_end()) static_cast<void>(parameters.any());
  });
  return in.finish("RSASSA-PSS") && hash && std::ranges::find(sha_2, *hash) != sha_2.end();
}

bool has_signature_that_is_taken(const Certificate& certificate) {
  const auto& algorithm = certificate.signature_algorithm();
  if (algorithm.oid == rsassa_pss) return hashes_with_sha_2(algorithm);
  return x509::signature_algorithm(algorithm).has_value();
}

bool is_ca(const Certificate& certificate) {
  const auto constraints = certificate.extensions().get<x509::BasicConstraints>();
  return constraints && *constraints && (*constraints)->ca;
}

std::optional<std::string> why_not(const Certificate& certificate) {
  if (certificate.tbs().version() != 3) return "is not of version 3";
  if (std::ssize(certificate.der()) > most_ca_octets) {
    return "has more than " + std::to_string(most_ca_octets) + " octets";
  }
  if (!is_ca(certificate)) return "is not a CA certificate";
  if (!has_key_that_is_taken(certificate)) {
    return "has a key that is neither RSA of 2048 to 8192 bits nor of the curves P-256, P-384 and "
           "P-521";
  }
  if (!has_signature_that_is_taken(certificate)) {
    return "is not signed with SHA-256, SHA-384 or SHA-512 by RSA, RSASSA-PSS or ECDSA";
  }
  return std::nullopt;
}

ApiError at_certificate(std::size_t number, const std::string& what) {
  return invalid_bundle("Certificate " + std::to_string(number) +
                        " of the CA certificates bundle " + what);
}

Result<Certificate, ApiError> read_one(const asn1::Pem& block, std::size_t number) {
  auto certificate = Certificate::parse(block.content());
  if (!certificate) {
    return at_certificate(number, "cannot be read: " + certificate.error().cause);
  }
  if (const auto reason = why_not(*certificate)) {
    return at_certificate(number, "(" + certificate->subject().text() + ") " + *reason);
  }
  return *std::move(certificate);
}

}  // namespace

Result<std::vector<Certificate>, ApiError> read_bundle(std::string_view file,
                                                       const Settings& settings) {
  if (auto wrong = why_no_bundle(file)) return invalid_bundle(*std::move(wrong));
  const auto blocks = asn1::Pem::parse_all(file);
  if (!blocks) {
    return invalid_bundle("The CA certificates bundle is not PEM: " + blocks.error().cause);
  }
  if (blocks->empty()) {
    return invalid_bundle(why_no_block(file, asn1::kCertificateLabel, "x509"));
  }
  if (std::ssize(*blocks) > settings.ca_certificates) {
    return invalid_bundle("The CA certificates bundle has too many certificates: at most " +
                          std::to_string(settings.ca_certificates) + " are allowed");
  }
  std::vector<Certificate> certificates;
  std::int64_t subject_octets = 0;
  for (const auto& block : *blocks) {
    auto certificate = read_one(block, certificates.size() + 1);
    if (!certificate) return certificate.error();
    subject_octets += std::ssize(certificate->subject().der());
    certificates.push_back(*std::move(certificate));
  }
  if (subject_octets > most_subject_octets) {
    return invalid_bundle("The subjects of the CA certificates have more than " +
                          std::to_string(most_subject_octets) + " octets together");
  }
  return certificates;
}

Result<std::vector<Certificate>> kept_bundle(std::string_view file) {
  auto certificates = Certificate::parse_pem_chain(file);
  if (!certificates) return Fault::broken("a kept bundle: " + certificates.error().cause);
  return certificates;
}

}  // namespace everseal::elbv2::trust_stores
