#pragma once

#include <string_view>

#include "encoding/bytes.h"
#include "keys/master_key.h"
#include "random/random.h"
#include "result/result.h"
#include "secret/secret.h"

namespace everseal::keys {

// Seals secrets for storage: each under an AES-256-GCM data key of its own, and that under a key
// derived from the master key. `context` says what the secret is and whose ("acmpca.key <arn>"); it
// is authenticated, so a sealed value opens in its own place only. Thread-safe.
class Vault {
 public:
  // How much longer a sealed secret is than the secret.
  static constexpr std::size_t overhead_octets = 105;

  Vault(const MasterKey& master, Random& random);

  Result<Bytes> seal(const SecretBytes& secret, std::string_view context) const;

  // Broken, with a sentence that tells them apart: sealed under another master key; damaged, or
  // taken from another place.
  Result<SecretBytes> open(ByteView sealed, std::string_view context) const;

  // 16 octets that name the master key and reveal nothing about it. The owner of the data keeps
  // them from the first start on and has them checked at every other.
  const Bytes& check_value() const { return check_value_; }

  // Broken: "The master key is not the one this data was sealed with: ...".
  Outcome check(ByteView stored_check_value) const;

 private:
  SecretBytes wrapping_key_;
  Bytes check_value_;
  Random& random_;
};

}  // namespace everseal::keys
