#include "services/iam/operations/put_user_permissions_boundary.h"

#include "services/iam/boundaries.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access PutUserPermissionsBoundary::access(const Request& request,
                                               const aws::Call& call) const {
  return with_boundary(on_user(database, call, request.user_name), request.permissions_boundary);
}

Result<aws::Empty, ApiError> PutUserPermissionsBoundary::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) {
    return limit(tx, directory, call, user_holding(tx, call, request.user_name),
                 request.permissions_boundary);
  });
}

}  // namespace everseal::iam
