#include "services/iam/operations/delete_user_permissions_boundary.h"

#include "services/iam/boundaries.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access DeleteUserPermissionsBoundary::access(const Request& request,
                                                  const aws::Call& call) const {
  return on_limited_user(database, call, request.user_name);
}

Result<aws::Empty, ApiError> DeleteUserPermissionsBoundary::operator()(
    const Request& request, const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) {
    return unlimit(tx, directory, user_holding(tx, call, request.user_name));
  });
}

}  // namespace everseal::iam
