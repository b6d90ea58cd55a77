#include "services/iam/operations/list_roles.h"

#include "services/iam/identifiers.h"
#include "services/iam/pages.h"
#include "services/iam/role_store.h"

namespace everseal::iam {

aws::Access ListRoles::access(const Request& request, const aws::Call& call) const {
  return aws::on(role_arn(call.caller.account, request.path_prefix.value_or("/"), ""));
}

Result<ListRoles::Response, ApiError> ListRoles::operator()(const Request& request,
                                                            const aws::Call& call) const {
  const std::string prefix = request.path_prefix.value_or("/");
  const auto page = page_of(name, call, prefix, request.marker, request.max_items);
  if (!page) return page.error();
  auto roles = database.read([&](sql::Snapshot& view) {
    return list_roles(view, call.caller.account, prefix, page->after(), page->limit());
  });
  if (!roles) return roles.error();
  Response response;
  response.marker = page->cut(*roles, [](const Role& role) { return folded(role.name); });
  response.is_truncated = response.marker.has_value();
  for (const Role& role : *roles) response.roles.push_back(shapes::shown(role, {}));
  return response;
}

}  // namespace everseal::iam
