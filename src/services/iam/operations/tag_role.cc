#include "services/iam/operations/tag_role.h"

#include <cstdint>
#include <iterator>

#include "services/iam/errors.h"
#include "services/iam/subjects.h"
#include "services/iam/tag_store.h"

namespace everseal::iam {
namespace {

constexpr std::int64_t most_tags = 50;

}  // namespace

aws::Access TagRole::access(const Request& request, const aws::Call& call) const {
  return with_tags(on_role(database, call, request.role_name), request.tags);
}

Result<aws::Empty, ApiError> TagRole::operator()(const Request& request,
                                                 const aws::Call& call) const {
  if (shapes::has_duplicates(request.tags)) return duplicate_tags();
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto role = role_named(tx, call, request.role_name);
    if (!role) return role.error();
    const auto put = put_tags(tx, role->id, shapes::pairs(request.tags));
    if (!put) return put.error();
    const auto all = tags_of(tx, role->id);
    if (!all) return all.error();
    if (std::ssize(*all) > most_tags) return over_quota("TagsPerRole", most_tags);
    directory.forget_role(tx, role->id);
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
