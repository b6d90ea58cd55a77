#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/endpoint/authorizer.h"
#include "result/result.h"
#include "services/s3/bucket_store.h"
#include "services/s3/object_store.h"

namespace everseal::s3 {

// An object that somebody may see, and its bucket.
struct Seen {
  Bucket bucket;
  Object object;
  std::vector<FileRow> files;
};

// NoSuchBucket, NoSuchKey, NoSuchVersion; MethodNotAllowed: the version is a delete marker.
Result<Seen, ApiError> see(sql::Database& database, std::string_view bucket, std::string_view key,
                           const std::optional<std::string>& version_id);

// The object itself, within a transaction. As `see`.
Result<Object, ApiError> require_object(sql::Snapshot& view, std::string_view bucket,
                                        std::string_view key,
                                        const std::optional<std::string>& version_id);

// What a request names: the version, or the one that is there now.
struct ObjectName {
  std::string bucket;
  std::string key;
  std::optional<std::string> version_id{};
};

// Gives it these tags instead of those before; it stays the same otherwise. As `see`.
Result<void, ApiError> tag(sql::Database& database, const ObjectName& name,
                           std::string_view tagging);

// Whoever may not list a bucket is not told which keys it has not: AccessDenied instead of
// NoSuchKey and NoSuchVersion.
ApiError as_told(ApiError error, const aws::endpoint::Authorizer& authorizer, const aws::Call& call,
                 std::string_view bucket);

// InvalidURI: the key holds NUL. KeyTooLongError.
Result<void, ApiError> check_key(std::string_view key);

}  // namespace everseal::s3
