#include "services/events/operations/untag_resource.h"

#include "services/events/tag_store.h"

namespace everseal::events {

aws::Access UntagResource::access(const Request& request, const aws::Call&) const {
  auto access = aws::on(request.resource_arn);
  access.context.push_back({"aws:TagKeys", request.tag_keys});
  return access;
}

Result<UntagResource::Response, ApiError> UntagResource::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto found = find_tagged(tx, call, request.resource_arn);
    if (!found) return found.error();
    for (const auto& key : request.tag_keys) {
      if (const auto removed = remove_tag(tx, request.resource_arn, key); !removed)
        return removed.error();
    }
    return Response{};
  });
}

}  // namespace everseal::events
