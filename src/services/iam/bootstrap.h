#pragma once

#include <string>
#include <string_view>

#include "clock/clock.h"
#include "keys/vault.h"
#include "random/random.h"
#include "result/result.h"
#include "secret/secret.h"
#include "sql/database.h"

// The first account and its root user: made by `everseal init`, shown by `everseal env`.
namespace everseal::iam {

struct RootKey {
  std::string access_key_id;
  SecretBytes secret;
};

// "AKIA..." and 40 characters.
RootKey new_root_key(Random& random);

// The account, and an access key of its root user. Malformed, with a sentence for the operator:
// the account is not 12 digits, the key id not 1 to 128 letters, digits and _, the secret empty.
// Conflict: there is an account already.
Outcome create_account(sql::Transaction& tx, const keys::Vault& vault, std::string_view account,
                       const RootKey& key, TimePoint now);

struct RootCredentials {
  std::string account;
  RootKey key;
};

// The oldest access key of root that is active. Conflict: there is no account, or root has none.
Result<RootCredentials> root_credentials(sql::Snapshot& view, const keys::Vault& vault);

}  // namespace everseal::iam
