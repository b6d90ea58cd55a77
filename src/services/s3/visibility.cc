#include "services/s3/visibility.h"

#include <utility>

#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

constexpr std::size_t longest_key = 1024;

}  // namespace

Result<Object, ApiError> require_object(sql::Snapshot& view, std::string_view bucket,
                                        std::string_view key,
                                        const std::optional<std::string>& version_id) {
  auto found = find_object(view, bucket, key, version_id);
  if (!found) return found.error();
  if (!*found) return version_id ? no_such_version(key, *version_id) : no_such_key(key);
  if ((*found)->is_delete_marker) {
    return version_id ? method_not_allowed("GET", "DeleteMarker") : no_such_key(key);
  }
  return **std::move(found);
}

Result<Seen, ApiError> see(sql::Database& database, std::string_view bucket, std::string_view key,
                           const std::optional<std::string>& version_id) {
  return database.read([&](sql::Snapshot& view) -> Result<Seen, ApiError> {
    auto of = require_bucket(view, bucket);
    if (!of) return of.error();
    auto found = require_object(view, bucket, key, version_id);
    if (!found) return found.error();
    auto files = files_of(view, found->id);
    if (!files) return files.error();
    return Seen{*std::move(of), *std::move(found), *std::move(files)};
  });
}

Result<void, ApiError> tag(sql::Database& database, const ObjectName& name,
                           std::string_view tagging) {
  return database.write([&](sql::Transaction& tx) -> Result<void, ApiError> {
    const auto bucket = require_bucket(tx, name.bucket);
    if (!bucket) return bucket.error();
    const auto object = require_object(tx, name.bucket, name.key, name.version_id);
    if (!object) return object.error();
    if (auto set = set_tagging(tx, *object, tagging); !set) return set.error();
    return {};
  });
}

ApiError as_told(ApiError error, const aws::endpoint::Authorizer& authorizer, const aws::Call& call,
                 std::string_view bucket) {
  if (error.code != "NoSuchKey" && error.code != "NoSuchVersion") return error;
  const auto denied = authorizer.authorize(call, "s3:ListBucket", aws::on(bucket_arn(bucket)));
  if (!denied) return denied.error();
  return *denied ? access_denied() : error;
}

Result<void, ApiError> check_key(std::string_view key) {
  if (key.find('\0') != key.npos) return invalid_key();
  if (key.size() > longest_key) return key_too_long(key);
  return {};
}

}  // namespace everseal::s3
