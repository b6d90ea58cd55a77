#include "services/iam/operations/get_policy_version.h"

#include "encoding/percent.h"
#include "services/iam/errors.h"
#include "services/iam/policy_store.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access GetPolicyVersion::access(const Request& request, const aws::Call& call) const {
  return on_policy(database, call, request.policy_arn);
}

Result<GetPolicyVersion::Response, ApiError> GetPolicyVersion::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto policy = policy_called(view, call, request.policy_arn);
    if (!policy) return policy.error();
    const auto versions = policy_versions(view, policy->arn);
    if (!versions) return versions.error();
    for (const PolicyVersion& version : *versions) {
      if (shapes::version_id(version.number) != request.version_id) continue;
      auto shown = shapes::listed(version, policy->default_version);
      shown.document = encoding::percent_encode(version.document);
      return Response{shown};
    }
    return no_such_policy_version(request.version_id);
  });
}

}  // namespace everseal::iam
