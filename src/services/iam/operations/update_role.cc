#include "services/iam/operations/update_role.h"

#include <chrono>

#include "services/iam/role_store.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access UpdateRole::access(const Request& request, const aws::Call& call) const {
  return on_role(database, call, request.role_name);
}

Result<UpdateRole::Response, ApiError> UpdateRole::operator()(const Request& request,
                                                              const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    auto role = role_named(tx, call, request.role_name);
    if (!role) return role.error();
    if (request.description) role->description = request.description;
    if (request.max_session_duration) {
      role->longest_session = std::chrono::seconds(*request.max_session_duration);
    }
    const auto changed = change_role(tx, *role);
    if (!changed) return changed.error();
    directory.forget_role(tx, role->id);
    return Response{};
  });
}

}  // namespace everseal::iam
