#include "services/iam/operations/untag_role.h"

#include "services/iam/subjects.h"
#include "services/iam/tag_store.h"

namespace everseal::iam {

aws::Access UntagRole::access(const Request& request, const aws::Call& call) const {
  auto access = on_role(database, call, request.role_name);
  access.context.emplace_back("aws:TagKeys", request.tag_keys);
  return access;
}

Result<aws::Empty, ApiError> UntagRole::operator()(const Request& request,
                                                   const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto role = role_named(tx, call, request.role_name);
    if (!role) return role.error();
    for (const auto& key : request.tag_keys) {
      const auto removed = remove_tag(tx, role->id, key);
      if (!removed) return removed.error();
    }
    directory.forget_role(tx, role->id);
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
