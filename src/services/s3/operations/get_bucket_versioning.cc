#include "services/s3/operations/get_bucket_versioning.h"

#include "services/s3/bucket_store.h"
#include "services/s3/values/bucket_name.h"

namespace everseal::s3 {

aws::Access GetBucketVersioning::access(const Request& request, const aws::Call&) const {
  return aws::on(bucket_arn(request.bucket));
}

Result<GetBucketVersioning::Response, ApiError> GetBucketVersioning::operator()(
    const Request& request) const {
  const auto bucket =
      database.read([&](sql::Snapshot& view) { return require_bucket(view, request.bucket); });
  if (!bucket) return bucket.error();
  if (bucket->versioning == Bucket::Versioning::Never) return Response{std::nullopt};
  return Response{std::string(text_of(bucket->versioning))};
}

}  // namespace everseal::s3
