#include "services/iam/operations/tag_role.h"

#include "services/iam/subjects.h"
#include "services/iam/tagging.h"

namespace everseal::iam {

aws::Access TagRole::access(const Request& request, const aws::Call& call) const {
  return with_tags(on_role(database, call, request.role_name), request.tags);
}

Result<aws::Empty, ApiError> TagRole::operator()(const Request& request,
                                                 const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto role = role_named(tx, call, request.role_name);
    if (!role) return role.error();
    const auto tagged = add_tags(tx, role->id, request.tags, "TagsPerRole");
    if (!tagged) return tagged.error();
    directory.forget_role(tx, role->id);
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
