#include "services/s3/operations/head_object.h"

#include <utility>

#include "services/s3/reading.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/visibility.h"

namespace everseal::s3 {

aws::Access HeadObject::access(const Request& request, const aws::Call&) const {
  return {.action = request.version_id ? "s3:GetObjectVersion" : "s3:GetObject",
          .resources = {object_arn(request.bucket, request.key)}};
}

Result<HeadObject::Response, ApiError> HeadObject::operator()(const Request& request,
                                                              const aws::Call& call) const {
  const auto seen = see(database, request.bucket, request.key, request.version_id);
  if (!seen) return as_told(seen.error(), authorizer, call, request.bucket);
  auto plan = plan_read(*seen, {request.headers, request.parameters, request.part_number});
  if (!plan) return plan.error();
  return Response{.status = plan->status,
                  .headers = std::move(plan->headers),
                  .content = {nullptr, plan->length}};
}

}  // namespace everseal::s3
