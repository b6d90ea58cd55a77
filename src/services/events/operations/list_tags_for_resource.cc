#include "services/events/operations/list_tags_for_resource.h"

#include <utility>

#include "services/events/tag_store.h"

namespace everseal::events {

aws::Access ListTagsForResource::access(const Request& request, const aws::Call&) const {
  return aws::on(request.resource_arn);
}

Result<ListTagsForResource::Response, ApiError> ListTagsForResource::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto found = find_tagged(view, call, request.resource_arn);
    if (!found) return found.error();
    auto tags = tags_of(view, request.resource_arn);
    if (!tags) return tags.error();
    return Response{*std::move(tags)};
  });
}

}  // namespace everseal::events
