#include "services/iam/boundaries.h"

#include "services/iam/boundary_store.h"
#include "services/iam/errors.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

Result<aws::Empty, ApiError> limit(sql::Transaction& tx, Directory& directory,
                                   const aws::Call& call, const Result<Holder, ApiError>& holder,
                                   std::string_view policy_arn) {
  if (!holder) return holder.error();
  const auto policy = policy_called(tx, call, policy_arn);
  if (!policy) return policy.error();
  const auto put = put_boundary(tx, holder->id, call.caller.account, policy->arn);
  if (!put) return put.error();
  directory.forget_policies(tx, holder->id);
  return aws::Empty{};
}

Result<aws::Empty, ApiError> unlimit(sql::Transaction& tx, Directory& directory,
                                     const Result<Holder, ApiError>& holder) {
  if (!holder) return holder.error();
  const auto removed = remove_boundary(tx, holder->id);
  if (!removed) return removed.error();
  if (!*removed) return no_such_boundary(*holder);
  directory.forget_policies(tx, holder->id);
  return aws::Empty{};
}

Result<std::optional<shapes::PermissionsBoundary>> shown_boundary(sql::Snapshot& view,
                                                                  std::string_view holder_id) {
  const auto arn = boundary_of(view, holder_id);
  if (!arn) return arn.error();
  if (!*arn) return std::optional<shapes::PermissionsBoundary>{};
  return std::optional(shapes::PermissionsBoundary{.policy_arn = **arn});
}

}  // namespace everseal::iam
