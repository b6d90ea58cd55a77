#include "services/s3/operations/get_object.h"

#include <utility>

#include "services/s3/reading.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/visibility.h"

namespace everseal::s3 {
namespace {

using Answer = Result<GetObject::Response, ApiError>;

constexpr int most_attempts = 5;  // against a writer that always comes between

}  // namespace

aws::Access GetObject::access(const Request& request, const aws::Call&) const {
  return {.action = request.version_id ? "s3:GetObjectVersion" : "s3:GetObject",
          .resources = {object_arn(request.bucket, request.key)}};
}

Answer GetObject::operator()(const Request& request, const aws::Call& call) const {
  for (int attempt = 1;; ++attempt) {
    const auto seen = see(database, request.bucket, request.key, request.version_id);
    if (!seen) return as_told(seen.error(), authorizer, call, request.bucket);
    auto plan = plan_read(*seen, {request.headers, request.parameters, request.part_number});
    if (!plan) return plan.error();
    if (plan->status == 304) {
      return Response{.status = 304, .headers = std::move(plan->headers)};
    }
    auto source = files.read(segments_of(seen->files), plan->offset, plan->length);
    if (source) {
      return Response{.status = plan->status,
                      .headers = std::move(plan->headers),
                      .content = {*std::move(source), plan->length}};
    }
    // The object was replaced after its row was read: the next one is the answer.
    const bool is_gone = source.error().kind == Fault::Kind::Conflict;
    if (!is_gone || attempt == most_attempts) return Fault::broken(source.error().cause);
  }
}

}  // namespace everseal::s3
