#include "services/iam/operations/list_instance_profiles_for_role.h"

#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access ListInstanceProfilesForRole::access(const Request& request,
                                                const aws::Call& call) const {
  return on_role(database, call, request.role_name);
}

Result<ListInstanceProfilesForRole::Response, ApiError> ListInstanceProfilesForRole::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto role = role_named(view, call, request.role_name);
    if (!role) return role.error();
    return Response{};
  });
}

}  // namespace everseal::iam
