#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "services/s3/acl.h"
#include "services/s3/bucket_store.h"
#include "services/s3/object_files.h"
#include "services/s3/values/stored_headers.h"
#include "sql/database.h"

namespace everseal::s3 {

inline constexpr std::string_view null_version = "null";  // of objects from before versioning

// One version of an object, without its octets.
struct Object {
  std::string id;
  std::string bucket;
  std::string key;
  std::string version_id{null_version};
  bool is_latest = true;
  bool is_delete_marker = false;
  std::uint64_t size = 0;
  std::string etag{};                // without quotes
  std::string checksum_algorithm{};  // "CRC32"
  std::string checksum{};            // base64, of several parts "...-3"
  std::string checksum_type{};       // "FULL_OBJECT", "COMPOSITE"
  std::int64_t part_count = 0;       // 0: it was not uploaded in parts
  HeaderMap headers{};
  TimePoint modified_at{};
  Acl acl = Acl::Private;
  std::string tagging{};  // as to_tagging writes it
};

// A file of an object or upload.
struct FileRow {
  std::string id;
  std::int64_t part = 1;
  std::uint64_t size = 0;
  std::string etag{};
  std::string checksum{};  // base64
  TimePoint modified_at{};
};

// What is stored under the key now, be it a delete marker; or that version of it.
Result<std::optional<Object>> find_object(sql::Snapshot& view, std::string_view bucket,
                                          std::string_view key,
                                          const std::optional<std::string>& version_id = {});

// The files of an object or upload, in the order of their parts, after that part.
Result<std::vector<FileRow>> files_of(sql::Snapshot& view, std::string_view owner,
                                      std::int64_t after_part = 0, std::int64_t limit = 10'000);

// At most `limit` objects, in the order of their keys, from that key on; `after`: behind it. No
// delete markers.
enum class From { At, After };
Result<std::vector<Object>> list_objects(sql::Snapshot& view, std::string_view bucket, From from,
                                         std::string_view key, std::int64_t limit);

// Every version, delete markers too, by key and from the latest to the first, behind that position
// of the key.
struct PositionedObject {
  Object object;
  std::int64_t position;
};
Result<std::vector<PositionedObject>> list_versions_behind(sql::Snapshot& view,
                                                           std::string_view bucket,
                                                           std::string_view key,
                                                           std::int64_t position,
                                                           std::int64_t limit);

// Files that no row names any more: to be removed once the transaction is durable.
using Replaced = std::vector<std::string>;

// Makes the object the latest of its key. Without versioning it takes the place of the one before.
Result<Replaced> put_object(sql::Transaction& tx, Object object, const std::vector<FileRow>& files);

// Nothing else of it changes.
Outcome set_tagging(sql::Transaction& tx, const Object& object, std::string_view tagging);
Outcome set_object_acl(sql::Transaction& tx, const Object& object, Acl acl);

// Removes that version; the one before it becomes the latest.
Result<Replaced> remove_version(sql::Transaction& tx, const Object& object);

Outcome add_file(sql::Transaction& tx, std::string_view owner, const FileRow& file);
Result<Replaced> remove_files(sql::Transaction& tx, std::string_view owner);

}  // namespace everseal::s3
