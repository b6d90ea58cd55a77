#include "services/s3/operations/delete_public_access_block.h"

#include "services/s3/bucket_access.h"
#include "services/s3/values/bucket_name.h"

namespace everseal::s3 {

aws::Access DeletePublicAccessBlock::access(const Request& request, const aws::Call&) const {
  return {.action = "s3:PutBucketPublicAccessBlock", .resources = {bucket_arn(request.bucket)}};
}

Result<aws::Empty, ApiError> DeletePublicAccessBlock::operator()(const Request& request,
                                                                 const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto rules = require_own_access(tx, request.bucket, call);
    if (!rules) return rules.error();
    const auto set = set_public_access_block(tx, request.bucket, std::nullopt);
    if (!set) return set.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::s3
