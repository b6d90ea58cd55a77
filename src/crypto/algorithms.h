#pragma once

#include <cstdint>
#include <string_view>

namespace everseal::crypto {

enum class KeyFamily { Rsa, Ec };

// The keys Everseal knows. Anything else from outside is Malformed.
enum class KeyAlgorithm {
  Rsa1024,  // may be imported and verified with; never generated
  Rsa2048,
  Rsa3072,
  Rsa4096,
  P256,
  P384,
  P521,
};

enum class DigestAlgorithm { Sha256, Sha384, Sha512 };

// RSA is PKCS #1 v1.5 (RFC 8017, 8.2); ECDSA signatures are the DER of RFC 3279, 2.2.3.
enum class SignatureAlgorithm {
  Sha256WithRsa,
  Sha384WithRsa,
  Sha512WithRsa,
  Sha256WithEcdsa,
  Sha384WithEcdsa,
  Sha512WithEcdsa,
};

constexpr KeyFamily family_of(KeyAlgorithm algorithm) {
  return algorithm < KeyAlgorithm::P256 ? KeyFamily::Rsa : KeyFamily::Ec;
}

constexpr KeyFamily family_of(SignatureAlgorithm algorithm) {
  return algorithm < SignatureAlgorithm::Sha256WithEcdsa ? KeyFamily::Rsa : KeyFamily::Ec;
}

constexpr DigestAlgorithm digest_of(SignatureAlgorithm algorithm) {
  return static_cast<DigestAlgorithm>(static_cast<int>(algorithm) % 3);
}

constexpr SignatureAlgorithm signature_with(KeyFamily family, DigestAlgorithm digest) {
  const int first = family == KeyFamily::Rsa ? 0 : 3;
  return static_cast<SignatureAlgorithm>(first + static_cast<int>(digest));
}

// What suits the key if nobody chose: SHA-256, and for P-384 and P-521 the digest of their size.
constexpr SignatureAlgorithm natural_signature(KeyAlgorithm algorithm) {
  if (algorithm == KeyAlgorithm::P384) return SignatureAlgorithm::Sha384WithEcdsa;
  if (algorithm == KeyAlgorithm::P521) return SignatureAlgorithm::Sha512WithEcdsa;
  return signature_with(family_of(algorithm), DigestAlgorithm::Sha256);
}

// For logs and messages: "RSA 2048", "P-256", "SHA256withECDSA".
std::string_view to_string(KeyAlgorithm algorithm);
std::string_view to_string(SignatureAlgorithm algorithm);

}  // namespace everseal::crypto
