#include "services/s3/operations/get_bucket_policy_status.h"

#include "services/s3/bucket_access.h"
#include "services/s3/bucket_policy.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {

aws::Access GetBucketPolicyStatus::access(const Request& request, const aws::Call&) const {
  return aws::on(bucket_arn(request.bucket));
}

Result<GetBucketPolicyStatus::Response, ApiError> GetBucketPolicyStatus::operator()(
    const Request& request, const aws::Call& call) const {
  const auto rules = database.read(
      [&](sql::Snapshot& view) { return require_own_access(view, request.bucket, call); });
  if (!rules) return rules.error();
  if (!rules->policy) return no_such_bucket_policy(request.bucket);
  const auto policy = read_policy(*rules->policy, request.bucket);
  if (!policy) return policy.error();
  return Response{policy->is_public};
}

}  // namespace everseal::s3
