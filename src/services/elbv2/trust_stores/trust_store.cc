#include "services/elbv2/trust_stores/trust_store.h"

#include "aws/arn.h"
#include "sql/without_count.h"

namespace everseal::elbv2::trust_stores {
namespace {

TrustStore store_in(const sql::Row& row) {
  return {.number = row.integer(0),
          .account = row.text(1),
          .region = row.text(2),
          .name = row.text(3),
          .arn = row.text(4),
          .ca_certificates = row.integer(5),
          .revocation_lists = row.integer(6),
          .revoked_entries = row.integer(7),
          .last_revocation_id = row.integer(8),
          .ca_arn = row.maybe_text(10),
          .version = row.integer(9)};
}

Result<std::optional<TrustStore>> store_in(const Result<std::optional<sql::Row>>& row) {
  if (!row) return row.error();
  if (!*row) return std::optional<TrustStore>();
  return std::optional(store_in(**row));
}

}  // namespace

std::string trust_store_arn(std::string_view account, std::string_view region,
                            std::string_view name, std::string_view id) {
  return Arn("elasticloadbalancing", region, account,
             "truststore/" + std::string(name) + "/" + std::string(id))
      .text();
}

bool is_trust_store_arn(std::string_view text) {
  const auto arn = Arn::parse(text);
  return arn && arn->service() == "elasticloadbalancing" &&
         arn->resource().starts_with("truststore/");
}

Result<std::optional<TrustStore>> find_trust_store(sql::Snapshot& view, std::string_view arn) {
  return store_in(view.one(
      "SELECT id, account, region, name, arn, ca_certificates, revocation_lists, revoked_entries, "
      "last_revocation_id, version, ca_arn "
      "FROM elbv2_trust_store WHERE arn = $1",
      arn));
}

Result<std::optional<TrustStore>> find_numbered(sql::Snapshot& view, std::int64_t number) {
  return store_in(view.one(
      "SELECT id, account, region, name, arn, ca_certificates, revocation_lists, revoked_entries, "
      "last_revocation_id, version, ca_arn "
      "FROM elbv2_trust_store WHERE id = $1",
      number));
}

Result<std::optional<TrustStore>> find_named(sql::Snapshot& view, std::string_view account,
                                             std::string_view region, std::string_view name) {
  return store_in(view.one(
      "SELECT id, account, region, name, arn, ca_certificates, revocation_lists, revoked_entries, "
      "last_revocation_id, version, ca_arn "
      "FROM elbv2_trust_store WHERE account = $1 AND region = $2 AND name = $3",
      account, region, name));
}

Result<std::vector<TrustStore>> list_trust_stores(sql::Snapshot& view, std::string_view account,
                                                  std::string_view region, std::string_view after,
                                                  std::int64_t limit) {
  const auto rows = view.all(
      "SELECT id, account, region, name, arn, ca_certificates, revocation_lists, revoked_entries, "
      "last_revocation_id, version, ca_arn "
      "FROM elbv2_trust_store WHERE account = $1 AND region = $2 AND name > $3 "
      "ORDER BY name LIMIT $4",
      account, region, after, limit);
  if (!rows) return rows.error();
  std::vector<TrustStore> stores;
  for (const sql::Row& row : *rows) stores.push_back(store_in(row));
  return stores;
}

Result<std::int64_t> count_trust_stores(sql::Snapshot& view, std::string_view account,
                                        std::string_view region) {
  const auto row = view.one(
      "SELECT COUNT(*) FROM elbv2_trust_store WHERE account = $1 AND region = $2", account, region);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Result<std::optional<Bytes>> bundle_of(sql::Snapshot& view, std::int64_t number) {
  const auto row = view.one("SELECT bundle FROM elbv2_trust_store WHERE id = $1", number);
  if (!row) return row.error();
  if (!*row) return std::optional<Bytes>();
  return std::optional((*row)->blob(0));
}

Outcome add_trust_store(sql::Transaction& tx, const TrustStore& store, ByteView bundle,
                        TimePoint now) {
  return sql::without_count(
      tx.run("INSERT INTO elbv2_trust_store (account, region, name, arn, bundle, ca_certificates, "
             "revocation_lists, revoked_entries, last_revocation_id, version, created_at, "
             "modified_at, ca_arn) VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, 1, $7, $7, $8)",
             store.account, store.region, store.name, store.arn, bundle, store.ca_certificates, now,
             store.ca_arn));
}

Outcome replace_bundle(sql::Transaction& tx, const TrustStore& store, ByteView bundle,
                       std::int64_t ca_certificates, TimePoint now) {
  tx.announce(change_topic, store.number);
  return sql::without_count(
      tx.run("UPDATE elbv2_trust_store SET bundle = $2, ca_certificates = $3, "
             "version = version + 1, modified_at = $4 WHERE id = $1",
             store.number, bundle, ca_certificates, now));
}

Outcome count_revocations(sql::Transaction& tx, const TrustStore& store, TimePoint now) {
  tx.announce(change_topic, store.number);
  return sql::without_count(tx.run(
      "UPDATE elbv2_trust_store SET revocation_lists = $2, revoked_entries = $3, "
      "last_revocation_id = $4, version = version + 1, modified_at = $5 WHERE id = $1",
      store.number, store.revocation_lists, store.revoked_entries, store.last_revocation_id, now));
}

Outcome remove_trust_store(sql::Transaction& tx, const TrustStore& store) {
  tx.announce(change_topic, store.number);
  return sql::without_count(tx.run("DELETE FROM elbv2_trust_store WHERE id = $1", store.number));
}

Result<aws::Tags> tags_of(sql::Snapshot& view, std::int64_t number) {
  const auto rows = view.all(
      "SELECT key, value FROM elbv2_trust_store_tag WHERE trust_store = $1 ORDER BY key", number);
  if (!rows) return rows.error();
  aws::Tags tags;
  for (const sql::Row& row : *rows) tags.emplace_back(row.text(0), row.text(1));
  return tags;
}

Outcome put_tags(sql::Transaction& tx, std::int64_t number, const aws::Tags& tags) {
  for (const auto& [key, value] : tags) {
    const auto put = tx.run(
        "INSERT INTO elbv2_trust_store_tag (trust_store, key, value) VALUES ($1, $2, $3)"
        " ON CONFLICT (trust_store, key) DO UPDATE SET value = excluded.value",
        number, key, value);
    if (!put) return put.error();
  }
  return {};
}

Outcome remove_tag(sql::Transaction& tx, std::int64_t number, std::string_view key) {
  return sql::without_count(
      tx.run("DELETE FROM elbv2_trust_store_tag WHERE trust_store = $1 AND key = $2", number, key));
}

}  // namespace everseal::elbv2::trust_stores
