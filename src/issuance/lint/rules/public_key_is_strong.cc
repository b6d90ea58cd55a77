#include "issuance/lint/rules.h"

#include "crypto/public_key.h"

namespace everseal::issuance::lint {

// Also: the key can be used at all.
Violation public_key_is_strong(const Subject& subject) {
  const auto key = crypto::PublicKey::from_spki(subject.tbs.public_key_info());
  if (!key) return key.error().cause;
  if (key->algorithm() == crypto::KeyAlgorithm::Rsa1024) return "an RSA key below 2048 bits";
  return {};
}

}  // namespace everseal::issuance::lint
