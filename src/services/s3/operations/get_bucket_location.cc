#include "services/s3/operations/get_bucket_location.h"

#include "services/s3/bucket_store.h"
#include "services/s3/values/bucket_name.h"

namespace everseal::s3 {

aws::Access GetBucketLocation::access(const Request& request, const aws::Call&) const {
  return aws::on(bucket_arn(request.bucket));
}

Result<GetBucketLocation::Response, ApiError> GetBucketLocation::operator()(
    const Request& request) const {
  const auto bucket =
      database.read([&](sql::Snapshot& view) { return require_bucket(view, request.bucket); });
  if (!bucket) return bucket.error();
  return Response{bucket->region == "us-east-1" ? "" : bucket->region};
}

}  // namespace everseal::s3
