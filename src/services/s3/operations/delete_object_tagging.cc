#include "services/s3/operations/delete_object_tagging.h"

#include "services/s3/values/bucket_name.h"
#include "services/s3/visibility.h"

namespace everseal::s3 {

aws::Access DeleteObjectTagging::access(const Request& request, const aws::Call&) const {
  return {.action = request.version_id ? "s3:DeleteObjectVersionTagging" : "s3:DeleteObjectTagging",
          .resources = {object_arn(request.bucket, request.key)}};
}

Result<aws::Empty, ApiError> DeleteObjectTagging::operator()(const Request& request,
                                                             const aws::Call& call) const {
  const auto set = tag(database, {request.bucket, request.key, request.version_id}, "");
  if (!set) return as_told(set.error(), authorizer, call, request.bucket);
  return aws::Empty{};
}

}  // namespace everseal::s3
