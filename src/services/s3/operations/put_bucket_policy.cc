#include "services/s3/operations/put_bucket_policy.h"

#include "services/s3/bucket_access.h"
#include "services/s3/bucket_policy.h"
#include "services/s3/bucket_store.h"
#include "services/s3/checked_body.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {

aws::Access PutBucketPolicy::access(const Request& request, const aws::Call& call) const {
  if (is_root(call)) return aws::unrestricted();
  return aws::on(bucket_arn(request.bucket));
}

Result<aws::Empty, ApiError> PutBucketPolicy::operator()(const Request& request,
                                                         const aws::Call& call) const {
  const auto body = request.policy.value_or(Bytes());
  if (auto same = check_body(request.headers, body); !same) return same.error();
  const auto policy = read_policy(as_text(body), request.bucket);
  if (!policy) return policy.error();
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto rules = require_own_access(tx, request.bucket, call);
    if (!rules) return rules.error();
    if (policy->is_public && rules->block.block_public_policy) {
      return public_policy_blocked(call.caller.arn, bucket_arn(request.bucket));
    }
    if (auto set = set_policy(tx, request.bucket, to_text(body)); !set) return set.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::s3
