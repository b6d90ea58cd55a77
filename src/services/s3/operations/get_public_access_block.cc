#include "services/s3/operations/get_public_access_block.h"

#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {

aws::Access GetPublicAccessBlock::access(const Request& request, const aws::Call&) const {
  return {.action = "s3:GetBucketPublicAccessBlock", .resources = {bucket_arn(request.bucket)}};
}

Result<GetPublicAccessBlock::Response, ApiError> GetPublicAccessBlock::operator()(
    const Request& request, const aws::Call& call) const {
  const auto rules = database.read(
      [&](sql::Snapshot& view) { return require_own_access(view, request.bucket, call); });
  if (!rules) return rules.error();
  if (!rules->has_block) return no_such_public_access_block(request.bucket);
  const auto& block = rules->block;
  return Response{block.block_public_acls, block.ignore_public_acls, block.block_public_policy,
                  block.restrict_public_buckets};
}

}  // namespace everseal::s3
