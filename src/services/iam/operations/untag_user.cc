#include "services/iam/operations/untag_user.h"

#include "services/iam/subjects.h"
#include "services/iam/tagging.h"

namespace everseal::iam {

aws::Access UntagUser::access(const Request& request, const aws::Call& call) const {
  return with_tag_keys(on_user(database, call, request.user_name), request.tag_keys);
}

Result<aws::Empty, ApiError> UntagUser::operator()(const Request& request,
                                                   const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto user = user_named(tx, call, request.user_name);
    if (!user) return user.error();
    const auto taken = take_tags(tx, user->id, request.tag_keys);
    if (!taken) return taken.error();
    const auto forgotten = forget_keys(tx, directory, user->id);
    if (!forgotten) return forgotten.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
