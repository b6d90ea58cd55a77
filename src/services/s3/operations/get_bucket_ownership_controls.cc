#include "services/s3/operations/get_bucket_ownership_controls.h"

#include "services/s3/bucket_access.h"
#include "services/s3/values/bucket_name.h"

namespace everseal::s3 {

aws::Access GetBucketOwnershipControls::access(const Request& request, const aws::Call&) const {
  return aws::on(bucket_arn(request.bucket));
}

Result<GetBucketOwnershipControls::Response, ApiError> GetBucketOwnershipControls::operator()(
    const Request& request, const aws::Call& call) const {
  const auto rules = database.read(
      [&](sql::Snapshot& view) { return require_own_access(view, request.bucket, call); });
  if (!rules) return rules.error();
  return Response{{{std::string(text_of(rules->ownership))}}};
}

}  // namespace everseal::s3
