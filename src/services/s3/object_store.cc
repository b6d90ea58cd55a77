#include "services/s3/object_store.h"

#include <utility>

namespace everseal::s3 {
namespace {

std::uint64_t size_in(std::int64_t number) { return static_cast<std::uint64_t>(number); }

Object object_in(const sql::Row& row) {
  return {.id = row.text(0),
          .bucket = row.text(1),
          .key = row.text(2),
          .version_id = row.text(3),
          .is_latest = row.boolean(4),
          .is_delete_marker = row.boolean(5),
          .size = size_in(row.integer(6)),
          .etag = row.text(7),
          .checksum_algorithm = row.text(8),
          .checksum = row.text(9),
          .checksum_type = row.text(10),
          .part_count = row.integer(11),
          .headers = from_lines(row.text(12)),
          .modified_at = row.time(13),
          .acl = acl_in(row.text(14)),
          .tagging = row.text(15)};
}

Result<std::optional<Object>> maybe_object(const Result<std::optional<sql::Row>>& row) {
  if (!row) return row.error();
  if (!*row) return std::optional<Object>();
  return std::optional(object_in(**row));
}

Outcome insert(sql::Transaction& tx, const Object& object, std::int64_t position) {
  const auto added = tx.run(
      "INSERT INTO s3_object (id, bucket, key, version_id, position, is_latest, is_delete_marker, "
      "size, etag, checksum_algorithm, checksum, checksum_type, part_count, headers, modified_at, "
      "acl, tagging) VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
      "$16)",
      object.id, object.bucket, object.key, object.version_id, position, object.is_delete_marker,
      object.size, object.etag, object.checksum_algorithm, object.checksum, object.checksum_type,
      object.part_count, to_lines(object.headers), object.modified_at, text_of(object.acl),
      object.tagging);
  if (!added) return added.error();
  return {};
}

Result<std::int64_t> next_position(sql::Transaction& tx, const Object& object) {
  const auto row =
      tx.one("SELECT COALESCE(MAX(position), 0) + 1 FROM s3_object WHERE bucket = $1 AND key = $2",
             object.bucket, object.key);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Outcome make_older(sql::Transaction& tx, const Object& newer) {
  const auto changed =
      tx.run("UPDATE s3_object SET is_latest = 0 WHERE bucket = $1 AND key = $2 AND is_latest = 1",
             newer.bucket, newer.key);
  if (!changed) return changed.error();
  return {};
}

Outcome make_latest(sql::Transaction& tx, const Object& removed) {
  const auto changed = tx.run(
      "UPDATE s3_object SET is_latest = 1 WHERE id = (SELECT id FROM s3_object "
      "WHERE bucket = $1 AND key = $2 ORDER BY position DESC LIMIT 1)",
      removed.bucket, removed.key);
  if (!changed) return changed.error();
  return {};
}

Result<Replaced> remove_row(sql::Transaction& tx, const Object& object) {
  auto files = remove_files(tx, object.id);
  if (!files) return files.error();
  const auto removed = tx.run("DELETE FROM s3_object WHERE id = $1", object.id);
  if (!removed) return removed.error();
  return files;
}

}  // namespace

Result<std::optional<Object>> find_object(sql::Snapshot& view, std::string_view bucket,
                                          std::string_view key,
                                          const std::optional<std::string>& version_id) {
  if (version_id) {
    return maybe_object(
        view.one("SELECT id, bucket, key, version_id, is_latest, is_delete_marker, size, etag, "
                 "checksum_algorithm, checksum, checksum_type, part_count, headers, modified_at, "
                 "acl, tagging "
                 "FROM s3_object WHERE bucket = $1 AND key = $2 AND version_id = $3",
                 bucket, key, *version_id));
  }
  return maybe_object(view.one(
      "SELECT id, bucket, key, version_id, is_latest, is_delete_marker, size, etag, "
      "checksum_algorithm, checksum, checksum_type, part_count, headers, modified_at, acl, tagging "
      "FROM s3_object WHERE bucket = $1 AND key = $2 AND is_latest = 1",
      bucket, key));
}

Result<std::vector<FileRow>> files_of(sql::Snapshot& view, std::string_view owner,
                                      std::int64_t after_part, std::int64_t limit) {
  const auto rows = view.all(
      "SELECT id, part, size, etag, checksum, modified_at FROM s3_file "
      "WHERE owner = $1 AND part > $2 ORDER BY part LIMIT $3",
      owner, after_part, limit);
  if (!rows) return rows.error();
  std::vector<FileRow> files;
  files.reserve(rows->size());
  for (const auto& row : *rows) {
    files.push_back({row.text(0), row.integer(1), size_in(row.integer(2)), row.text(3), row.text(4),
                     row.time(5)});
  }
  return files;
}

Result<std::vector<Object>> list_objects(sql::Snapshot& view, std::string_view bucket, From from,
                                         std::string_view key, std::int64_t limit) {
  const auto rows =
      from == From::At
          ? view.all(
                "SELECT id, bucket, key, version_id, is_latest, is_delete_marker, size, etag, "
                "checksum_algorithm, checksum, checksum_type, part_count, headers, "
                "modified_at, acl, tagging FROM s3_object WHERE bucket = $1 AND key >= $2 "
                "AND is_latest = 1 AND is_delete_marker = 0 ORDER BY key LIMIT $3",
                bucket, key, limit)
          : view.all(
                "SELECT id, bucket, key, version_id, is_latest, is_delete_marker, size, etag, "
                "checksum_algorithm, checksum, checksum_type, part_count, headers, "
                "modified_at, acl, tagging FROM s3_object WHERE bucket = $1 AND key > $2 "
                "AND is_latest = 1 AND is_delete_marker = 0 ORDER BY key LIMIT $3",
                bucket, key, limit);
  if (!rows) return rows.error();
  std::vector<Object> objects;
  objects.reserve(rows->size());
  for (const auto& row : *rows) objects.push_back(object_in(row));
  return objects;
}

Result<std::vector<PositionedObject>> list_versions_behind(sql::Snapshot& view,
                                                           std::string_view bucket,
                                                           std::string_view key,
                                                           std::int64_t position,
                                                           std::int64_t limit) {
  const auto rows = view.all(
      "SELECT id, bucket, key, version_id, is_latest, is_delete_marker, size, etag, "
      "checksum_algorithm, checksum, checksum_type, part_count, headers, modified_at, acl, "
      "tagging, "
      "position "
      "FROM s3_object WHERE bucket = $1 AND key >= $2 AND (key > $2 OR position < $3) "
      "ORDER BY key, position DESC LIMIT $4",
      bucket, key, position, limit);
  if (!rows) return rows.error();
  std::vector<PositionedObject> versions;
  versions.reserve(rows->size());
  for (const auto& row : *rows) versions.push_back({object_in(row), row.integer(16)});
  return versions;
}

Outcome add_file(sql::Transaction& tx, std::string_view owner, const FileRow& file) {
  const auto added = tx.run(
      "INSERT INTO s3_file (id, owner, part, size, etag, checksum, modified_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7)",
      file.id, owner, file.part, file.size, file.etag, file.checksum, file.modified_at);
  if (!added) return added.error();
  return {};
}

Result<Replaced> remove_files(sql::Transaction& tx, std::string_view owner) {
  const auto rows = tx.all("SELECT id FROM s3_file WHERE owner = $1", owner);
  if (!rows) return rows.error();
  Replaced files;
  for (const auto& row : *rows) files.push_back(row.text(0));
  const auto removed = tx.run("DELETE FROM s3_file WHERE owner = $1", owner);
  if (!removed) return removed.error();
  return files;
}

Result<Replaced> put_object(sql::Transaction& tx, Object object,
                            const std::vector<FileRow>& files) {
  const auto position = next_position(tx, object);
  if (!position) return position.error();
  const auto same = find_object(tx, object.bucket, object.key, object.version_id);
  if (!same) return same.error();
  Replaced replaced;
  if (*same) {
    auto removed = remove_row(tx, **same);
    if (!removed) return removed.error();
    replaced = *std::move(removed);
  }
  if (auto older = make_older(tx, object); !older) return older.error();
  if (auto added = insert(tx, object, *position); !added) return added.error();
  for (const auto& file : files) {
    if (auto added = add_file(tx, object.id, file); !added) return added.error();
  }
  return replaced;
}

Outcome set_tagging(sql::Transaction& tx, const Object& object, std::string_view tagging) {
  const auto set = tx.run("UPDATE s3_object SET tagging = $2 WHERE id = $1", object.id, tagging);
  if (!set) return set.error();
  return {};
}

Outcome set_object_acl(sql::Transaction& tx, const Object& object, Acl acl) {
  const auto set = tx.run("UPDATE s3_object SET acl = $2 WHERE id = $1", object.id, text_of(acl));
  if (!set) return set.error();
  return {};
}

Result<Replaced> remove_version(sql::Transaction& tx, const Object& object) {
  auto removed = remove_row(tx, object);
  if (!removed) return removed.error();
  if (object.is_latest) {
    if (auto latest = make_latest(tx, object); !latest) return latest.error();
  }
  return removed;
}

}  // namespace everseal::s3
