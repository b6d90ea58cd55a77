#include "services/iam/operations/untag_role.h"

#include "services/iam/subjects.h"
#include "services/iam/tagging.h"

namespace everseal::iam {

aws::Access UntagRole::access(const Request& request, const aws::Call& call) const {
  return with_tag_keys(on_role(database, call, request.role_name), request.tag_keys);
}

Result<aws::Empty, ApiError> UntagRole::operator()(const Request& request,
                                                   const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto role = role_named(tx, call, request.role_name);
    if (!role) return role.error();
    const auto taken = take_tags(tx, role->id, request.tag_keys);
    if (!taken) return taken.error();
    directory.forget_role(tx, role->id);
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
