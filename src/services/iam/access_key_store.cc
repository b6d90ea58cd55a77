#include "services/iam/access_key_store.h"
#include "sql/without_count.h"

namespace everseal::iam {
namespace {

AccessKey access_key_in(const sql::Row& row) {
  return {row.text(0), row.text(1), row.text(2), row.boolean(3), row.time(4)};
}

std::string seal_context(std::string_view key_id) {
  return "iam.access_key " + std::string(key_id);
}

}  // namespace

Result<Bytes> seal_secret(const keys::Vault& vault, std::string_view key_id,
                          const SecretBytes& secret) {
  return vault.seal(secret, seal_context(key_id));
}

Result<SecretBytes> open_secret(const keys::Vault& vault, std::string_view key_id,
                                ByteView sealed_secret) {
  return vault.open(sealed_secret, seal_context(key_id));
}

Result<std::optional<AccessKey>> find_access_key(sql::Snapshot& view, std::string_view key_id) {
  const auto row = view.one(
      "SELECT id, account, user_id, active, created_at FROM iam_access_key WHERE id = $1", key_id);
  if (!row) return row.error();
  if (!*row) return std::optional<AccessKey>{};
  return std::optional(access_key_in(**row));
}

Result<std::vector<AccessKey>> list_access_keys(sql::Snapshot& view, std::string_view user_id,
                                                std::string_view after, std::int64_t limit) {
  const auto rows = view.all(
      "SELECT id, account, user_id, active, created_at FROM iam_access_key "
      "WHERE user_id = $1 AND id > $2 ORDER BY id LIMIT $3",
      user_id, after, limit);
  if (!rows) return rows.error();
  std::vector<AccessKey> keys;
  for (const sql::Row& row : *rows) keys.push_back(access_key_in(row));
  return keys;
}

Outcome add_access_key(sql::Transaction& tx, const AccessKey& key, const Bytes& sealed_secret) {
  return sql::without_count(
      tx.run("INSERT INTO iam_access_key (id, account, user_id, active, sealed_secret, created_at) "
             "VALUES ($1, $2, $3, $4, $5, $6)",
             key.id, key.account, key.user_id, key.active, sealed_secret, key.created_at));
}

Outcome set_access_key_active(sql::Transaction& tx, std::string_view key_id, bool active) {
  return sql::without_count(
      tx.run("UPDATE iam_access_key SET active = $2 WHERE id = $1", key_id, active));
}

Outcome remove_access_key(sql::Transaction& tx, std::string_view key_id) {
  return sql::without_count(tx.run("DELETE FROM iam_access_key WHERE id = $1", key_id));
}

}  // namespace everseal::iam
