#include "services/iam/operations/update_access_key.h"

#include "services/iam/access_key_store.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access UpdateAccessKey::access(const Request& request, const aws::Call& call) const {
  return on_user_or_caller(database, call, request.user_name);
}

Result<aws::Empty, ApiError> UpdateAccessKey::operator()(const Request& request,
                                                         const aws::Call& call) const {
  const bool active = request.status == shapes::KeyStatus::Active;
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto key = held_access_key(tx, call, request.user_name, request.access_key_id);
    if (!key) return key.error();
    const auto set = set_access_key_active(tx, key->id, active);
    if (!set) return set.error();
    directory.forget_key(tx, key->id);
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
