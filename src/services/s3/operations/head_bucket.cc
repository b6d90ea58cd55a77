#include "services/s3/operations/head_bucket.h"

#include "services/s3/bucket_store.h"
#include "services/s3/values/bucket_name.h"

namespace everseal::s3 {

aws::Access HeadBucket::access(const Request& request, const aws::Call&) const {
  return {.action = "s3:ListBucket", .resources = {bucket_arn(request.bucket)}};
}

Result<HeadBucket::Response, ApiError> HeadBucket::operator()(const Request& request) const {
  const auto bucket =
      database.read([&](sql::Snapshot& view) { return require_bucket(view, request.bucket); });
  if (!bucket) return bucket.error();
  return Response{{{"x-amz-bucket-region", bucket->region},
                   {"x-amz-bucket-arn", bucket_arn(bucket->name)},
                   {"x-amz-access-point-alias", "false"}}};
}

}  // namespace everseal::s3
