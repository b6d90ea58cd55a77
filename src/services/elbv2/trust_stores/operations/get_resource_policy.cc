#include "services/elbv2/trust_stores/operations/get_resource_policy.h"

#include "services/elbv2/trust_stores/errors.h"
#include "services/elbv2/trust_stores/own.h"

namespace everseal::elbv2::trust_stores {

aws::Access GetResourcePolicy::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.resource_arn);
}

Result<GetResourcePolicy::Response, ApiError> GetResourcePolicy::operator()(
    const Request& request, const aws::Call& call) const {
  const auto store = database.read(
      [&](sql::Snapshot& view) { return own_trust_store(view, call, request.resource_arn); });
  if (store) return Response{};
  return store.error().http_status == 400 ? no_such_resource(request.resource_arn) : store.error();
}

}  // namespace everseal::elbv2::trust_stores
