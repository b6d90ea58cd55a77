#include "services/s3/operations/get_object_tagging.h"

#include <utility>

#include "services/s3/values/bucket_name.h"
#include "services/s3/visibility.h"

namespace everseal::s3 {

aws::Access GetObjectTagging::access(const Request& request, const aws::Call&) const {
  return {.action = request.version_id ? "s3:GetObjectVersionTagging" : "s3:GetObjectTagging",
          .resources = {object_arn(request.bucket, request.key)}};
}

Result<GetObjectTagging::Response, ApiError> GetObjectTagging::operator()(
    const Request& request, const aws::Call& call) const {
  const auto seen = see(database, request.bucket, request.key, request.version_id);
  if (!seen) return as_told(seen.error(), authorizer, call, request.bucket);
  auto tags = read_tagging(seen->object.tagging);
  if (!tags) return ApiError(Fault::broken("stored tags: " + tags.error().message));
  return Response{*std::move(tags)};
}

}  // namespace everseal::s3
