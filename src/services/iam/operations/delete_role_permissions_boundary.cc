#include "services/iam/operations/delete_role_permissions_boundary.h"

#include "services/iam/boundaries.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access DeleteRolePermissionsBoundary::access(const Request& request,
                                                  const aws::Call& call) const {
  return on_limited_role(database, call, request.role_name);
}

Result<aws::Empty, ApiError> DeleteRolePermissionsBoundary::operator()(
    const Request& request, const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) {
    return unlimit(tx, directory, role_holding(tx, call, request.role_name));
  });
}

}  // namespace everseal::iam
