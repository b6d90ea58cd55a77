#include "services/s3/upload_store.h"

#include <utility>

namespace everseal::s3 {
namespace {

PartedUpload upload_in(const sql::Row& row) {
  return {row.text(0), row.text(1),         row.text(2),
          row.text(3), row.text(4),         from_lines(row.text(5)),
          row.time(6), acl_in(row.text(7)), row.text(8)};
}

}  // namespace

Outcome add_upload(sql::Transaction& tx, const PartedUpload& upload) {
  const auto added = tx.run(
      "INSERT INTO s3_upload (id, bucket, key, checksum_algorithm, checksum_type, headers, "
      "created_at, acl, tagging) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      upload.id, upload.bucket, upload.key, upload.checksum_algorithm, upload.checksum_type,
      to_lines(upload.headers), upload.created_at, text_of(upload.acl), upload.tagging);
  if (!added) return added.error();
  return {};
}

Result<std::optional<PartedUpload>> find_upload(sql::Snapshot& view, std::string_view id,
                                                std::string_view bucket, std::string_view key) {
  const auto row = view.one(
      "SELECT id, bucket, key, checksum_algorithm, checksum_type, headers, created_at, acl, "
      "tagging "
      "FROM s3_upload WHERE id = $1 AND bucket = $2 AND key = $3",
      id, bucket, key);
  if (!row) return row.error();
  if (!*row) return std::optional<PartedUpload>();
  return std::optional(upload_in(**row));
}

Result<std::vector<PartedUpload>> list_uploads(sql::Snapshot& view, std::string_view bucket,
                                               std::string_view prefix, std::string_view after_key,
                                               std::string_view after_id, std::int64_t limit) {
  const auto rows = view.all(
      "SELECT id, bucket, key, checksum_algorithm, checksum_type, headers, created_at, acl, "
      "tagging "
      "FROM s3_upload WHERE bucket = $1 AND substr(key, 1, length($2)) = $2 "
      "AND (key > $3 OR (key = $3 AND id > $4)) ORDER BY key, id LIMIT $5",
      bucket, prefix, after_key, after_id, limit);
  if (!rows) return rows.error();
  std::vector<PartedUpload> uploads;
  for (const auto& row : *rows) uploads.push_back(upload_in(row));
  return uploads;
}

Result<Replaced> put_part(sql::Transaction& tx, std::string_view upload_id, const FileRow& part) {
  const auto before =
      tx.one("SELECT id FROM s3_file WHERE owner = $1 AND part = $2", upload_id, part.part);
  if (!before) return before.error();
  Replaced replaced;
  if (*before) replaced.push_back((*before)->text(0));
  const auto removed =
      tx.run("DELETE FROM s3_file WHERE owner = $1 AND part = $2", upload_id, part.part);
  if (!removed) return removed.error();
  if (auto added = add_file(tx, upload_id, part); !added) return added.error();
  return replaced;
}

Result<std::optional<Replaced>> remove_upload(sql::Transaction& tx, std::string_view id) {
  auto files = remove_files(tx, id);
  if (!files) return files.error();
  const auto removed = tx.run("DELETE FROM s3_upload WHERE id = $1", id);
  if (!removed) return removed.error();
  if (*removed == 0) return std::optional<Replaced>();
  return std::optional(*std::move(files));
}

}  // namespace everseal::s3
