#include "services/iam/operations/list_users.h"

#include "services/iam/identifiers.h"
#include "services/iam/pages.h"
#include "services/iam/user_store.h"

namespace everseal::iam {

aws::Access ListUsers::access(const Request& request, const aws::Call& call) const {
  return aws::on(user_arn(call.caller.account, request.path_prefix.value_or("/"), ""));
}

Result<ListUsers::Response, ApiError> ListUsers::operator()(const Request& request,
                                                            const aws::Call& call) const {
  const std::string prefix = request.path_prefix.value_or("/");
  const auto page = page_of(name, call, prefix, request.marker, request.max_items);
  if (!page) return page.error();
  auto users = database.read([&](sql::Snapshot& view) {
    return list_users(view, call.caller.account, prefix, page->after(), page->limit());
  });
  if (!users) return users.error();
  Response response;
  response.marker = page->cut(*users, [](const User& user) { return folded(user.name); });
  response.is_truncated = response.marker.has_value();
  for (const User& user : *users) response.users.push_back(shapes::shown(user, {}));
  return response;
}

}  // namespace everseal::iam
