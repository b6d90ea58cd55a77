#include "services/events/operations/tag_resource.h"

#include "services/events/tag_store.h"

namespace everseal::events {

aws::Access TagResource::access(const Request& request, const aws::Call&) const {
  return with_tags(aws::on(request.resource_arn), request.tags);
}

Result<TagResource::Response, ApiError> TagResource::operator()(const Request& request,
                                                                const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto found = find_tagged(tx, call, request.resource_arn);
    if (!found) return found.error();
    const auto put = put_tags(tx, request.resource_arn, request.tags);
    if (!put) return put.error();
    return Response{};
  });
}

}  // namespace everseal::events
