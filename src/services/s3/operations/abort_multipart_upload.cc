#include "services/s3/operations/abort_multipart_upload.h"

#include "services/s3/upload_store.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {

aws::Access AbortMultipartUpload::access(const Request& request, const aws::Call&) const {
  return aws::on(object_arn(request.bucket, request.key));
}

Result<aws::Empty, ApiError> AbortMultipartUpload::operator()(const Request& request) const {
  const auto removed = database.write([&](sql::Transaction& tx) -> Result<Replaced, ApiError> {
    const auto bucket = require_bucket(tx, request.bucket);
    if (!bucket) return bucket.error();
    const auto upload = find_upload(tx, request.upload_id, request.bucket, request.key);
    if (!upload) return upload.error();
    if (!*upload) return no_such_upload(request.upload_id);
    auto parts = remove_upload(tx, request.upload_id);
    if (!parts) return parts.error();
    return (*parts).value_or(Replaced());
  });
  if (!removed) return removed.error();
  files.remove(*removed);
  return aws::Empty{};
}

}  // namespace everseal::s3
