#include "services/acmpca/model/algorithms.h"

namespace everseal::acmpca {

std::optional<crypto::KeyAlgorithm> spoken(KeyAlgorithm algorithm) {
  switch (algorithm) {
    case KeyAlgorithm::Rsa2048:
      return crypto::KeyAlgorithm::Rsa2048;
    case KeyAlgorithm::Rsa3072:
      return crypto::KeyAlgorithm::Rsa3072;
    case KeyAlgorithm::Rsa4096:
      return crypto::KeyAlgorithm::Rsa4096;
    case KeyAlgorithm::EcP256:
      return crypto::KeyAlgorithm::P256;
    case KeyAlgorithm::EcP384:
      return crypto::KeyAlgorithm::P384;
    case KeyAlgorithm::EcP521:
      return crypto::KeyAlgorithm::P521;
    case KeyAlgorithm::MlDsa44:
    case KeyAlgorithm::MlDsa65:
    case KeyAlgorithm::MlDsa87:
    case KeyAlgorithm::Sm2:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<crypto::SignatureAlgorithm> spoken(SigningAlgorithm algorithm) {
  switch (algorithm) {
    case SigningAlgorithm::Sha256WithEcdsa:
      return crypto::SignatureAlgorithm::Sha256WithEcdsa;
    case SigningAlgorithm::Sha384WithEcdsa:
      return crypto::SignatureAlgorithm::Sha384WithEcdsa;
    case SigningAlgorithm::Sha512WithEcdsa:
      return crypto::SignatureAlgorithm::Sha512WithEcdsa;
    case SigningAlgorithm::Sha256WithRsa:
      return crypto::SignatureAlgorithm::Sha256WithRsa;
    case SigningAlgorithm::Sha384WithRsa:
      return crypto::SignatureAlgorithm::Sha384WithRsa;
    case SigningAlgorithm::Sha512WithRsa:
      return crypto::SignatureAlgorithm::Sha512WithRsa;
    case SigningAlgorithm::Sm3WithSm2:
    case SigningAlgorithm::MlDsa44:
    case SigningAlgorithm::MlDsa65:
    case SigningAlgorithm::MlDsa87:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace everseal::acmpca
