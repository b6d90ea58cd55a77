#include "services/logs/operations/create_log_group.h"

#include "services/logs/errors.h"
#include "services/logs/group_store.h"
#include "services/logs/names.h"
#include "services/logs/tag_rules.h"

namespace everseal::logs {

aws::Access CreateLogGroup::access(const Request& request, const aws::Call& call) const {
  auto access = access_to_group(call, request.log_group_name);
  add_tag_context(access, request.tags);
  return access;
}

Result<aws::Empty, ApiError> CreateLogGroup::operator()(const Request& request,
                                                        const aws::Call& call) const {
  if (request.kms_key_id) return invalid("There are no keys of KMS here.");
  if (request.deletion_protection_enabled.value_or(false)) {
    return invalid("There is no protection against deletion here.");
  }
  const Group group{.name = own_group(call, request.log_group_name),
                    .log_class = std::string(
                        aws::name_of(request.log_group_class.value_or(GroupClass::Standard))),
                    .created_at = clock.now()};
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto found = find_group(tx, group.name);
    if (!found) return found.error();
    if (*found) return group_exists();
    const auto id = add_group(tx, group);
    if (!id) return id.error();
    if (const auto given = give_tags(tx, *id, request.tags); !given) return given.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::logs
