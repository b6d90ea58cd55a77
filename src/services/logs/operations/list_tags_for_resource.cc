#include "services/logs/operations/list_tags_for_resource.h"

#include "services/logs/group_store.h"
#include "services/logs/names.h"

namespace everseal::logs {

aws::Access ListTagsForResource::access(const Request& request, const aws::Call&) const {
  return aws::on(request.resource_arn);
}

Result<ListTagsForResource::Response, ApiError> ListTagsForResource::operator()(
    const Request& request, const aws::Call& call) const {
  const auto group_name = name_in(request.resource_arn, call);
  if (!group_name) return group_name.error();
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto group = require_group(view, own_group(call, *group_name));
    if (!group) return group.error();
    const auto tags = tags_of(view, group->id);
    if (!tags) return tags.error();
    return Response{TagMap(tags->begin(), tags->end())};
  });
}

}  // namespace everseal::logs
