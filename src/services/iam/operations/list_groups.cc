#include "services/iam/operations/list_groups.h"

#include "services/iam/group_store.h"
#include "services/iam/identifiers.h"
#include "services/iam/pages.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access ListGroups::access(const Request& request, const aws::Call& call) const {
  return aws::on(group_arn(call.caller.account, request.path_prefix.value_or("/"), ""));
}

Result<ListGroups::Response, ApiError> ListGroups::operator()(const Request& request,
                                                              const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const std::string prefix = request.path_prefix.value_or("/");
    const auto page = page_of(name, call, prefix, request.marker, request.max_items);
    if (!page) return page.error();
    auto groups = list_groups(view, call.caller.account, prefix, page->after(), page->limit());
    if (!groups) return groups.error();
    Response response;
    response.marker = page->cut(*groups, [](const Group& group) { return folded(group.name); });
    for (const Group& group : *groups) response.groups.push_back(shapes::shown(group));
    response.is_truncated = response.marker.has_value();
    return response;
  });
}

}  // namespace everseal::iam
