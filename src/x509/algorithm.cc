#include "x509/algorithm.h"

#include <array>

#include "crypto/public_key.h"

namespace everseal::x509 {
namespace {

using crypto::SignatureAlgorithm;

struct Known {
  SignatureAlgorithm algorithm;
  asn1::Oid oid;
};

// RFC 4055, 5, and RFC 5758, 3.2; in the order of the enumeration.
constexpr std::array<Known, 6> kKnown = {{
    {SignatureAlgorithm::Sha256WithRsa, asn1::Oid("1.2.840.113549.1.1.11")},
    {SignatureAlgorithm::Sha384WithRsa, asn1::Oid("1.2.840.113549.1.1.12")},
    {SignatureAlgorithm::Sha512WithRsa, asn1::Oid("1.2.840.113549.1.1.13")},
    {SignatureAlgorithm::Sha256WithEcdsa, asn1::Oid("1.2.840.10045.4.3.2")},
    {SignatureAlgorithm::Sha384WithEcdsa, asn1::Oid("1.2.840.10045.4.3.3")},
    {SignatureAlgorithm::Sha512WithEcdsa, asn1::Oid("1.2.840.10045.4.3.4")},
}};

bool is_null(ByteView der) { return der.size() == 2 && der[0] == 0x05 && der[1] == 0x00; }

bool has_its_parameters(SignatureAlgorithm algorithm, ByteView parameters) {
  if (parameters.empty()) return true;
  return crypto::family_of(algorithm) == crypto::KeyFamily::Rsa && is_null(parameters);
}

}  // namespace

Algorithm read_algorithm(asn1::DerReader& in) {
  Algorithm algorithm;
  in.sequence([&](asn1::DerReader& body) {
    algorithm.oid = body.oid();
    if (!body.at_end()) algorithm.parameters = to_bytes(body.any().whole);
  });
  return algorithm;
}

std::optional<SignatureAlgorithm> signature_algorithm(const Algorithm& algorithm) {
  for (const auto& known : kKnown) {
    if (known.oid != algorithm.oid) continue;
    if (!has_its_parameters(known.algorithm, algorithm.parameters)) return std::nullopt;
    return known.algorithm;
  }
  return std::nullopt;
}

Outcome verify_signature(const Algorithm& algorithm, ByteView public_key_info, ByteView message,
                         ByteView signature) {
  const auto known = signature_algorithm(algorithm);
  if (!known) return Fault::malformed("signature: " + algorithm.oid.text() + " is not known");
  const auto key = crypto::PublicKey::from_spki(public_key_info);
  if (!key) return key.error();
  if (key->verify(*known, message, signature)) return {};
  return Fault::malformed("signature: not made by this key");
}

void write_algorithm(asn1::DerWriter& out, SignatureAlgorithm algorithm) {
  out.sequence([&] {
    out.oid(kKnown[static_cast<std::size_t>(algorithm)].oid);
    if (crypto::family_of(algorithm) == crypto::KeyFamily::Rsa) out.null();
  });
}

}  // namespace everseal::x509
