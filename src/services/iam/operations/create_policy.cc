#include "services/iam/operations/create_policy.h"

#include <cstdint>

#include "services/iam/errors.h"
#include "services/iam/held_policies.h"
#include "services/iam/identifiers.h"
#include "services/iam/policy_store.h"
#include "services/iam/subjects.h"
#include "services/iam/tag_store.h"
#include "services/iam/tagging.h"

namespace everseal::iam {
namespace {

constexpr std::int64_t most_policies = 1500;

Result<void, ApiError> check_quota(sql::Snapshot& view, std::string_view account) {
  const auto policies = count_policies(view, account);
  if (!policies) return policies.error();
  if (*policies >= most_policies) return over_quota("PoliciesPerAccount", most_policies);
  return {};
}

std::string arn_of(const CreatePolicy::Request& request, const aws::Call& call) {
  return policy_arn(call.caller.account, request.path.value_or("/"), request.policy_name);
}

ManagedPolicy new_policy(const CreatePolicy::Request& request, const aws::Call& call,
                         Random& random, TimePoint now) {
  return {.arn = arn_of(request, call),
          .id = new_id(random, policy_id_prefix),
          .account = call.caller.account,
          .name = request.policy_name,
          .path = request.path.value_or("/"),
          .description = request.description,
          .default_version = 1,
          .created_at = now,
          .updated_at = now,
          .attachments = 0};
}

}  // namespace

aws::Access CreatePolicy::access(const Request& request, const aws::Call& call) const {
  return with_tags(aws::on(arn_of(request, call)), request.tags);
}

Result<CreatePolicy::Response, ApiError> CreatePolicy::operator()(const Request& request,
                                                                  const aws::Call& call) const {
  const auto fine = check_managed_policy(request.policy_document);
  if (!fine) return fine.error();
  if (auto checked = check_tags(request.tags); !checked) return checked.error();
  const ManagedPolicy policy = new_policy(request, call, random, clock.now());
  const aws::Tags tags = shapes::pairs(request.tags);
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto within_quota = check_quota(tx, policy.account);
    if (!within_quota) return within_quota.error();
    const auto added = add_policy(tx, policy, request.policy_document);
    if (!added && added.error().kind == Fault::Kind::Conflict) return policy_exists(policy.name);
    if (!added) return added.error();
    const auto tagged = put_tags(tx, policy.id, tags);
    if (!tagged) return tagged.error();
    return Response{shapes::shown(policy, tags)};
  });
}

}  // namespace everseal::iam
