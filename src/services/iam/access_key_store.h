#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "keys/vault.h"
#include "result/result.h"
#include "secret/secret.h"
#include "sql/database.h"

namespace everseal::iam {

// A key without its secret.
struct AccessKey {
  std::string id;  // "AKIA..."
  std::string account;
  std::string user_id;  // whose it is; root's is the account number
  bool active = true;
  TimePoint created_at;
};

// Secrets are kept sealed, each for its key id only.
Result<Bytes> seal_secret(const keys::Vault& vault, std::string_view key_id,
                          const SecretBytes& secret);
Result<SecretBytes> open_secret(const keys::Vault& vault, std::string_view key_id,
                                ByteView sealed_secret);

Result<std::optional<AccessKey>> find_access_key(sql::Snapshot& view, std::string_view key_id);

// In the order of their ids, after that one; at most `limit`.
Result<std::vector<AccessKey>> list_access_keys(sql::Snapshot& view, std::string_view user_id,
                                                std::string_view after, std::int64_t limit);

// Conflict: there is a key of that id.
Outcome add_access_key(sql::Transaction& tx, const AccessKey& key, const Bytes& sealed_secret);
Outcome set_access_key_active(sql::Transaction& tx, std::string_view key_id, bool active);
Outcome remove_access_key(sql::Transaction& tx, std::string_view key_id);

}  // namespace everseal::iam
