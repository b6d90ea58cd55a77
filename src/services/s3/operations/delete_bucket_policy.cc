#include "services/s3/operations/delete_bucket_policy.h"

#include "services/s3/bucket_access.h"
#include "services/s3/values/bucket_name.h"

namespace everseal::s3 {

aws::Access DeleteBucketPolicy::access(const Request& request, const aws::Call& call) const {
  if (is_root(call)) return aws::unrestricted();
  return aws::on(bucket_arn(request.bucket));
}

Result<aws::Empty, ApiError> DeleteBucketPolicy::operator()(const Request& request,
                                                            const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto rules = require_own_access(tx, request.bucket, call);
    if (!rules) return rules.error();
    if (auto set = set_policy(tx, request.bucket, std::nullopt); !set) return set.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::s3
