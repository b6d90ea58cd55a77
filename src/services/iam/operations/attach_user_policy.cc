#include "services/iam/operations/attach_user_policy.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "services/iam/errors.h"
#include "services/iam/policy_store.h"
#include "services/iam/subjects.h"

namespace everseal::iam {
namespace {

constexpr std::int64_t most_attachments = 10;

Result<void, ApiError> check_quota(sql::Snapshot& view, const std::string& user_id,
                                   const std::string& policy_arn) {
  const auto attachments = attachments_of(view, user_id);
  if (!attachments) return attachments.error();
  const bool is_attached =
      std::ranges::find(*attachments, policy_arn, &Attachment::policy_arn) != attachments->end();
  if (!is_attached && std::ssize(*attachments) >= most_attachments) {
    return over_quota("PoliciesPerUser", most_attachments);
  }
  return {};
}

}  // namespace

aws::Access AttachUserPolicy::access(const Request& request, const aws::Call& call) const {
  return with_policy_arn(on_user(database, call, request.user_name), request.policy_arn);
}

Result<aws::Empty, ApiError> AttachUserPolicy::operator()(const Request& request,
                                                          const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto user = user_named(tx, call, request.user_name);
    if (!user) return user.error();
    const auto policy = policy_called(tx, call, request.policy_arn);
    if (!policy) return policy.error();
    const auto within_quota = check_quota(tx, user->id, policy->arn);
    if (!within_quota) return within_quota.error();
    const auto attached = attach_policy(tx, user->id, policy->arn);
    if (!attached) return attached.error();
    directory.forget_policies(tx, user->id);
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
