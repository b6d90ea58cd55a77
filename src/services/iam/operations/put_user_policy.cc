#include "services/iam/operations/put_user_policy.h"

#include <cstddef>

#include "aws/policy/policy.h"
#include "services/iam/errors.h"
#include "services/iam/subjects.h"
#include "services/iam/user_policy_store.h"
#include "services/iam/user_store.h"

namespace everseal::iam {
namespace {

constexpr std::size_t most_characters = 2048;

Result<void, ApiError> check_quota(sql::Snapshot& view, const User& user,
                                   const UserPolicy& new_policy) {
  const auto present = user_policies(view, user.id);
  if (!present) return present.error();
  std::size_t characters = aws::policy::counted_size(new_policy.document);
  for (const UserPolicy& policy : *present) {
    if (policy.name != new_policy.name) characters += aws::policy::counted_size(policy.document);
  }
  if (characters > most_characters) return inline_policies_too_long(user.name);
  return {};
}

}  // namespace

aws::Access PutUserPolicy::access(const Request& request, const aws::Call& call) const {
  return on_user(database, call, request.user_name);
}

Result<aws::Empty, ApiError> PutUserPolicy::operator()(const Request& request,
                                                       const aws::Call& call) const {
  const auto parsed =
      aws::policy::Policy::parse(request.policy_document, aws::policy::Kind::Identity);
  if (!parsed) return malformed_policy(parsed.error().reason);
  const UserPolicy policy{request.policy_name, request.policy_document};
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto user = user_named(tx, call, request.user_name);
    if (!user) return user.error();
    const auto within_quota = check_quota(tx, *user, policy);
    if (!within_quota) return within_quota.error();
    const auto put = put_user_policy(tx, user->id, policy);
    if (!put) return put.error();
    directory.forget_policies(tx, user->id);
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
