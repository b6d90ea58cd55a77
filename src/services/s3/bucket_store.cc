#include "services/s3/bucket_store.h"

#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

using Versioning = Bucket::Versioning;

Versioning versioning_in(std::string_view text) {
  if (text == text_of(Versioning::Enabled)) return Versioning::Enabled;
  return text.empty() ? Versioning::Never : Versioning::Suspended;
}

Bucket bucket_in(const sql::Row& row) {
  return {.name = row.text(0),
          .account = row.text(1),
          .region = row.text(2),
          .versioning = versioning_in(row.text(3)),
          .created_at = row.time(4)};
}

}  // namespace

std::string_view text_of(Versioning versioning) {
  switch (versioning) {
    case Versioning::Enabled:
      return "Enabled";
    case Versioning::Suspended:
      return "Suspended";
    case Versioning::Never:
      break;
  }
  return "";
}

Result<std::optional<Bucket>> find_bucket(sql::Snapshot& view, std::string_view name) {
  const auto row = view.one(
      "SELECT name, account, region, versioning, created_at FROM s3_bucket WHERE name = $1", name);
  if (!row) return row.error();
  if (!*row) return std::optional<Bucket>();
  return std::optional(bucket_in(**row));
}

Result<Bucket, ApiError> require_bucket(sql::Snapshot& view, std::string_view name) {
  auto found = find_bucket(view, name);
  if (!found) return found.error();
  if (!*found) return no_such_bucket(name);
  return **std::move(found);
}

Result<std::vector<Bucket>> list_buckets(sql::Snapshot& view, std::string_view account,
                                         std::string_view prefix, std::string_view after,
                                         std::int64_t limit) {
  const auto rows = view.all(
      "SELECT name, account, region, versioning, created_at FROM s3_bucket "
      "WHERE account = $1 AND name > $2 AND substr(name, 1, length($3)) = $3 "
      "ORDER BY name LIMIT $4",
      account, after, prefix, limit);
  if (!rows) return rows.error();
  std::vector<Bucket> buckets;
  for (const auto& row : *rows) buckets.push_back(bucket_in(row));
  return buckets;
}

Outcome add_bucket(sql::Transaction& tx, const Bucket& bucket) {
  const auto added = tx.run(
      "INSERT INTO s3_bucket (name, account, region, versioning, created_at) "
      "VALUES ($1, $2, $3, $4, $5)",
      bucket.name, bucket.account, bucket.region, text_of(bucket.versioning), bucket.created_at);
  if (!added) return added.error();
  return {};
}

Outcome remove_bucket(sql::Transaction& tx, std::string_view name) {
  const auto removed = tx.run("DELETE FROM s3_bucket WHERE name = $1", name);
  if (!removed) return removed.error();
  return {};
}

Outcome set_versioning(sql::Transaction& tx, std::string_view name, Versioning versioning) {
  const auto set =
      tx.run("UPDATE s3_bucket SET versioning = $2 WHERE name = $1", name, text_of(versioning));
  if (!set) return set.error();
  return {};
}

}  // namespace everseal::s3
