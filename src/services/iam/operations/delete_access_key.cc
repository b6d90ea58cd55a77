#include "services/iam/operations/delete_access_key.h"

#include "services/iam/access_key_store.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access DeleteAccessKey::access(const Request& request, const aws::Call& call) const {
  return on_user_or_caller(database, call, request.user_name);
}

Result<aws::Empty, ApiError> DeleteAccessKey::operator()(const Request& request,
                                                         const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto key = held_access_key(tx, call, request.user_name, request.access_key_id);
    if (!key) return key.error();
    const auto removed = remove_access_key(tx, key->id);
    if (!removed) return removed.error();
    directory.forget_key(tx, key->id);
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
