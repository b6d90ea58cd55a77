#include "services/iam/operations/create_policy_version.h"

#include <cstdint>
#include <iterator>

#include "services/iam/errors.h"
#include "services/iam/held_policies.h"
#include "services/iam/policy_store.h"
#include "services/iam/subjects.h"

namespace everseal::iam {
namespace {

constexpr std::int64_t most_versions = 5;

Result<void, ApiError> check_quota(sql::Snapshot& view, std::string_view arn) {
  const auto versions = policy_versions(view, arn);
  if (!versions) return versions.error();
  if (std::ssize(*versions) >= most_versions) {
    return over_quota("VersionsPerPolicy", most_versions);
  }
  return {};
}

}  // namespace

aws::Access CreatePolicyVersion::access(const Request& request, const aws::Call& call) const {
  return on_policy(database, call, request.policy_arn);
}

Result<CreatePolicyVersion::Response, ApiError> CreatePolicyVersion::operator()(
    const Request& request, const aws::Call& call) const {
  const auto fine = check_managed_policy(request.policy_document);
  if (!fine) return fine.error();
  const TimePoint now = clock.now();
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto policy = own_policy_called(tx, call, request.policy_arn);
    if (!policy) return policy.error();
    const auto within_quota = check_quota(tx, policy->arn);
    if (!within_quota) return within_quota.error();
    const auto number = add_version(tx, policy->arn, request.policy_document, now);
    if (!number) return number.error();
    if (request.set_as_default.value_or(false)) {
      const auto set = set_default_version(tx, policy->arn, *number, now);
      if (!set) return set.error();
      directory.forget_all_policies(tx);
    }
    return Response{
        {std::nullopt, shapes::version_id(*number), request.set_as_default.value_or(false), now}};
  });
}

}  // namespace everseal::iam
