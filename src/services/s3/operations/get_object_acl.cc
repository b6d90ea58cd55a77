#include "services/s3/operations/get_object_acl.h"

#include "services/s3/values/bucket_name.h"
#include "services/s3/visibility.h"

namespace everseal::s3 {

aws::Access GetObjectAcl::access(const Request& request, const aws::Call&) const {
  return {.action = request.version_id ? "s3:GetObjectVersionAcl" : "s3:GetObjectAcl",
          .resources = {object_arn(request.bucket, request.key)}};
}

Result<GetObjectAcl::Response, ApiError> GetObjectAcl::operator()(const Request& request,
                                                                  const aws::Call& call) const {
  const auto seen = see(database, request.bucket, request.key, request.version_id);
  if (!seen) return as_told(seen.error(), authorizer, call, request.bucket);
  return policy_of(seen->object.acl, seen->bucket.account);
}

}  // namespace everseal::s3
