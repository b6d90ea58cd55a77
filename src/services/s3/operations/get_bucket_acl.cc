#include "services/s3/operations/get_bucket_acl.h"

#include "services/s3/bucket_access.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {

aws::Access GetBucketAcl::access(const Request& request, const aws::Call&) const {
  return aws::on(bucket_arn(request.bucket));
}

Result<GetBucketAcl::Response, ApiError> GetBucketAcl::operator()(const Request& request) const {
  const auto rules =
      database.read([&](sql::Snapshot& view) { return find_access(view, request.bucket); });
  if (!rules) return rules.error();
  if (!*rules) return no_such_bucket(request.bucket);
  return policy_of((*rules)->acl, (*rules)->account);
}

}  // namespace everseal::s3
