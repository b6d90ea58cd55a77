#include "services/s3/operations/get_bucket_policy.h"

#include "services/s3/bucket_access.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {

aws::Access GetBucketPolicy::access(const Request& request, const aws::Call& call) const {
  if (is_root(call)) return aws::unrestricted();
  return aws::on(bucket_arn(request.bucket));
}

Result<GetBucketPolicy::Response, ApiError> GetBucketPolicy::operator()(
    const Request& request, const aws::Call& call) const {
  const auto rules = database.read(
      [&](sql::Snapshot& view) { return require_own_access(view, request.bucket, call); });
  if (!rules) return rules.error();
  if (!rules->policy) return no_such_bucket_policy(request.bucket);
  return Response{*rules->policy};
}

}  // namespace everseal::s3
