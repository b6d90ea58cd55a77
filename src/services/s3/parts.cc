#include "services/s3/parts.h"

#include <utility>

#include "services/s3/bucket_store.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

Result<PartedUpload, ApiError> require_upload(sql::Snapshot& view, const UploadName& name) {
  const auto bucket = require_bucket(view, name.bucket);
  if (!bucket) return bucket.error();
  auto found = find_upload(view, name.id, name.bucket, name.key);
  if (!found) return found.error();
  if (!*found) return no_such_upload(name.id);
  return **std::move(found);
}

}  // namespace

Result<PartedUpload, ApiError> open_upload(sql::Database& database, const UploadName& name) {
  return database.read([&](sql::Snapshot& view) { return require_upload(view, name); });
}

OfUpload kept_of(const PartedUpload& upload) {
  const auto named = checksum_algorithm(upload.checksum_algorithm);
  return named ? OfUpload{*named, true} : OfUpload{};
}

Result<void, ApiError> add_part(sql::Database& database, ObjectFiles& files, const UploadName& name,
                                const FileRow& part) {
  const auto replaced = database.write([&](sql::Transaction& tx) -> Result<Replaced, ApiError> {
    const auto upload = require_upload(tx, name);
    if (!upload) return upload.error();
    auto before = put_part(tx, upload->id, part);
    if (!before) return before.error();
    return *std::move(before);
  });
  if (!replaced) return replaced.error();
  files.remove(*replaced);
  return {};
}

}  // namespace everseal::s3
