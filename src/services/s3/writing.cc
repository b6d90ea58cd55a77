#include "services/s3/writing.h"

#include <utility>

#include "encoding/hex.h"
#include "services/s3/bucket_access.h"
#include "services/s3/outside_deliveries.h"
#include "services/s3/upload_store.h"
#include "services/s3/values/errors.h"
#include "services/s3/values/header_values.h"

namespace everseal::s3 {
namespace {

using Versioning = Bucket::Versioning;

// The ETag that conditions are about.
std::optional<std::string> etag_of(const std::optional<Object>& latest) {
  if (!latest || latest->is_delete_marker) return std::nullopt;
  return latest->etag;
}

void add_all(Replaced& all, const Replaced& more) {
  all.insert(all.end(), more.begin(), more.end());
}

// What the bucket says of the ACL as it is now.
Result<void, ApiError> check_acl_there(sql::Snapshot& view, const Object& object) {
  const auto rules = find_access(view, object.bucket);
  if (!rules) return rules.error();
  if (!*rules) return no_such_bucket(object.bucket);
  return check_acl(object.acl, **rules);
}

// The upload has given its parts to an object, and ends.
Result<Replaced, ApiError> end_upload(sql::Transaction& tx, const NewObject& wanted) {
  auto removed = remove_upload(tx, *wanted.of_upload);
  if (!removed) return removed.error();
  if (!*removed) return no_such_upload(*wanted.of_upload);
  auto unused = **std::move(removed);
  for (const auto& file : wanted.files) std::erase(unused, file.id);
  return unused;
}

}  // namespace

std::string new_id(Random& random) { return encoding::to_hex(random.bytes(16)); }

NewObject received_object(Object described, const Received& received) {
  const auto md5 = encoding::to_hex(received.md5);
  const auto checksum = received.checksum.text();
  NewObject wanted{.object = std::move(described), .files = {}};
  wanted.object.size = received.file->size();
  wanted.object.etag = md5;
  wanted.object.checksum_algorithm = name_of(received.checksum.algorithm);
  wanted.object.checksum = checksum;
  wanted.object.checksum_type = "FULL_OBJECT";
  wanted.files = {{.id = received.file->name(),
                   .size = received.file->size(),
                   .etag = md5,
                   .checksum = checksum}};
  return wanted;
}

Conditions write_conditions(const HeaderMap& headers) {
  return {.if_match = value_in(headers, "if-match"),
          .if_none_match = value_in(headers, "if-none-match"),
          .if_modified_since = {},
          .if_unmodified_since = {}};
}

Result<Written, ApiError> write_object(sql::Database& database, const Writing& writing,
                                       const NewObject& wanted) {
  auto object = wanted.object;
  object.id = new_id(writing.random);
  const auto version_id = new_id(writing.random);
  object.modified_at = writing.clock.now();
  auto files = wanted.files;
  for (auto& file : files) file.modified_at = object.modified_at;
  Replaced replaced;
  auto written = database.write([&](sql::Transaction& tx) -> Result<Written, ApiError> {
    replaced.clear();
    const auto bucket = require_bucket(tx, object.bucket);
    if (!bucket) return bucket.error();
    if (auto may = check_acl_there(tx, object); !may) return may.error();
    const auto latest = find_object(tx, object.bucket, object.key);
    if (!latest) return latest.error();
    const auto fine = may_write(wanted.conditions, object.key, etag_of(*latest));
    if (!fine) return fine.error();
    if (wanted.of_upload) {
      const auto unused = end_upload(tx, wanted);
      if (!unused) return unused.error();
      add_all(replaced, *unused);
    }
    object.version_id = bucket->versioning == Versioning::Enabled ? version_id : null_version;
    const auto put = put_object(tx, object, files);
    if (!put) return put.error();
    add_all(replaced, *put);
    const auto promised = promise_delivery(tx, object.bucket, object.key, object.modified_at);
    if (!promised) return promised.error();
    return Written{object, bucket->versioning};
  });
  if (written) writing.files.remove(replaced);
  return written;
}

namespace {

Result<Deleted> delete_version(sql::Transaction& tx, const Bucket& bucket, const std::string& key,
                               const std::string& version_id, Replaced& replaced) {
  const auto found = find_object(tx, bucket.name, key, version_id);
  if (!found) return found.error();
  Deleted deleted{.version_id = version_id, .versioning = bucket.versioning};
  if (!*found) return deleted;
  const auto removed = remove_version(tx, **found);
  if (!removed) return removed.error();
  add_all(replaced, *removed);
  deleted.is_delete_marker = (*found)->is_delete_marker;
  return deleted;
}

// Hides what is there.
Result<Deleted> add_marker(sql::Transaction& tx, const Writing& writing, const Bucket& bucket,
                           const std::string& key, Replaced& replaced) {
  Object marker{.id = new_id(writing.random), .bucket = bucket.name, .key = key};
  marker.is_delete_marker = true;
  if (bucket.versioning == Versioning::Enabled) marker.version_id = new_id(writing.random);
  marker.modified_at = writing.clock.now();
  const auto put = put_object(tx, marker, {});
  if (!put) return put.error();
  add_all(replaced, *put);
  return Deleted{
      .is_delete_marker = true, .version_id = marker.version_id, .versioning = bucket.versioning};
}

}  // namespace

Result<Deleted> delete_object(sql::Transaction& tx, const Writing& writing, const Bucket& bucket,
                              const std::string& key, const std::optional<std::string>& version_id,
                              Replaced& replaced) {
  const auto promised = promise_delivery(tx, bucket.name, key, writing.clock.now());
  if (!promised) return promised.error();
  if (version_id) return delete_version(tx, bucket, key, *version_id, replaced);
  if (bucket.versioning != Versioning::Never) {
    return add_marker(tx, writing, bucket, key, replaced);
  }
  auto deleted = delete_version(tx, bucket, key, std::string(null_version), replaced);
  if (deleted) deleted->version_id.reset();
  return deleted;
}

}  // namespace everseal::s3
