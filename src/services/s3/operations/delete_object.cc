#include "services/s3/operations/delete_object.h"

#include "services/s3/values/bucket_name.h"
#include "services/s3/visibility.h"
#include "services/s3/writing.h"

namespace everseal::s3 {

aws::Access DeleteObject::access(const Request& request, const aws::Call&) const {
  return {.action = request.version_id ? "s3:DeleteObjectVersion" : "s3:DeleteObject",
          .resources = {object_arn(request.bucket, request.key)}};
}

Result<DeleteObject::Response, ApiError> DeleteObject::operator()(const Request& request) const {
  if (auto fine = check_key(request.key); !fine) return fine.error();
  const Writing writing{files, random, clock};
  Replaced replaced;
  const auto deleted = database.write([&](sql::Transaction& tx) -> Result<Deleted, ApiError> {
    replaced.clear();
    const auto bucket = require_bucket(tx, request.bucket);
    if (!bucket) return bucket.error();
    auto done = delete_object(tx, writing, *bucket, request.key, request.version_id, replaced);
    if (!done) return done.error();
    return *std::move(done);
  });
  if (!deleted) return deleted.error();
  files.remove(replaced);
  Response response;
  if (deleted->is_delete_marker) response.headers["x-amz-delete-marker"] = "true";
  if (deleted->version_id) response.headers["x-amz-version-id"] = *deleted->version_id;
  return response;
}

}  // namespace everseal::s3
