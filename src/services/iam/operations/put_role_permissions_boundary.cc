#include "services/iam/operations/put_role_permissions_boundary.h"

#include "services/iam/boundaries.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access PutRolePermissionsBoundary::access(const Request& request,
                                               const aws::Call& call) const {
  return with_boundary(on_role(database, call, request.role_name), request.permissions_boundary);
}

Result<aws::Empty, ApiError> PutRolePermissionsBoundary::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) {
    return limit(tx, directory, call, role_holding(tx, call, request.role_name),
                 request.permissions_boundary);
  });
}

}  // namespace everseal::iam
