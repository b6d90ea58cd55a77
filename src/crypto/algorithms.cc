#include "crypto/algorithms.h"

namespace everseal::crypto {

std::string_view to_string(KeyAlgorithm algorithm) {
  switch (algorithm) {
    case KeyAlgorithm::Rsa1024:
      return "RSA 1024";
    case KeyAlgorithm::Rsa2048:
      return "RSA 2048";
    case KeyAlgorithm::Rsa3072:
      return "RSA 3072";
    case KeyAlgorithm::Rsa4096:
      return "RSA 4096";
    case KeyAlgorithm::P256:
      return "P-256";
    case KeyAlgorithm::P384:
      return "P-384";
    case KeyAlgorithm::P521:
      return "P-521";
  }
  return "unknown";
}

std::string_view to_string(SignatureAlgorithm algorithm) {
  switch (algorithm) {
    case SignatureAlgorithm::Sha256WithRsa:
      return "SHA256withRSA";
    case SignatureAlgorithm::Sha384WithRsa:
      return "SHA384withRSA";
    case SignatureAlgorithm::Sha512WithRsa:
      return "SHA512withRSA";
    case SignatureAlgorithm::Sha256WithEcdsa:
      return "SHA256withECDSA";
    case SignatureAlgorithm::Sha384WithEcdsa:
      return "SHA384withECDSA";
    case SignatureAlgorithm::Sha512WithEcdsa:
      return "SHA512withECDSA";
  }
  return "unknown";
}

}  // namespace everseal::crypto
