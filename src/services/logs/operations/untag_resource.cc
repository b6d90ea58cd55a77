#include "services/logs/operations/untag_resource.h"

#include "services/logs/group_store.h"
#include "services/logs/names.h"
#include "services/logs/tag_rules.h"

namespace everseal::logs {

aws::Access UntagResource::access(const Request& request, const aws::Call&) const {
  auto access = aws::on(request.resource_arn);
  add_tag_context(access, request.tag_keys);
  return access;
}

Result<aws::Empty, ApiError> UntagResource::operator()(const Request& request,
                                                       const aws::Call& call) const {
  const auto group_name = name_in(request.resource_arn, call);
  if (!group_name) return group_name.error();
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto group = require_group(tx, own_group(call, *group_name));
    if (!group) return group.error();
    for (const auto& key : request.tag_keys) {
      if (const auto gone = remove_tag(tx, group->id, key); !gone) return gone.error();
    }
    return aws::Empty{};
  });
}

}  // namespace everseal::logs
