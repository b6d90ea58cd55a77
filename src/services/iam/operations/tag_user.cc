#include "services/iam/operations/tag_user.h"

#include "services/iam/subjects.h"
#include "services/iam/tagging.h"

namespace everseal::iam {

aws::Access TagUser::access(const Request& request, const aws::Call& call) const {
  return with_tags(on_user(database, call, request.user_name), request.tags);
}

Result<aws::Empty, ApiError> TagUser::operator()(const Request& request,
                                                 const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto user = user_named(tx, call, request.user_name);
    if (!user) return user.error();
    const auto tagged = add_tags(tx, user->id, request.tags, "TagsPerUser");
    if (!tagged) return tagged.error();
    const auto forgotten = forget_keys(tx, directory, user->id);
    if (!forgotten) return forgotten.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
