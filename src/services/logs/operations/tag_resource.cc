#include "services/logs/operations/tag_resource.h"

#include "services/logs/group_store.h"
#include "services/logs/names.h"
#include "services/logs/tag_rules.h"

namespace everseal::logs {

aws::Access TagResource::access(const Request& request, const aws::Call&) const {
  auto access = aws::on(request.resource_arn);
  add_tag_context(access, request.tags);
  return access;
}

Result<aws::Empty, ApiError> TagResource::operator()(const Request& request,
                                                     const aws::Call& call) const {
  const auto group_name = name_in(request.resource_arn, call);
  if (!group_name) return group_name.error();
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto group = require_group(tx, own_group(call, *group_name));
    if (!group) return group.error();
    if (const auto given = give_tags(tx, group->id, request.tags); !given) return given.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::logs
