#include "services/iam/operations/create_user.h"

#include <cstdint>
#include <utility>

#include "services/iam/boundaries.h"
#include "services/iam/errors.h"
#include "services/iam/identifiers.h"
#include "services/iam/subjects.h"
#include "services/iam/tag_store.h"
#include "services/iam/tagging.h"
#include "services/iam/user_store.h"

namespace everseal::iam {
namespace {

constexpr std::int64_t most_users = 5000;

Result<void, ApiError> check_quota(sql::Snapshot& view, std::string_view account) {
  const auto users = count_users(view, account);
  if (!users) return users.error();
  if (*users >= most_users) return over_quota("UsersPerAccount", most_users);
  return {};
}

}  // namespace

aws::Access CreateUser::access(const Request& request, const aws::Call& call) const {
  const std::string path = request.path.value_or("/");
  auto access =
      with_tags(aws::on(user_arn(call.caller.account, path, request.user_name)), request.tags);
  if (!request.permissions_boundary) return access;
  return with_boundary(std::move(access), *request.permissions_boundary);
}

Result<CreateUser::Response, ApiError> CreateUser::operator()(const Request& request,
                                                              const aws::Call& call) const {
  if (auto checked = check_tags(request.tags); !checked) return checked.error();
  const User user{new_id(random, user_id_prefix), call.caller.account, request.user_name,
                  request.path.value_or("/"), clock.now()};
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto within_quota = check_quota(tx, user.account);
    if (!within_quota) return within_quota.error();
    const auto added = add_user(tx, user);
    if (!added && added.error().kind == Fault::Kind::Conflict) return user_exists(user.name);
    if (!added) return added.error();
    const auto tagged = put_tags(tx, user.id, shapes::pairs(request.tags));
    if (!tagged) return tagged.error();
    Response response{shapes::shown(user, shapes::pairs(request.tags))};
    if (request.permissions_boundary) {
      const auto limited = limit(tx, directory, call, user.holder(), *request.permissions_boundary);
      if (!limited) return limited.error();
      response.user.permissions_boundary = {.policy_arn = *request.permissions_boundary};
    }
    return response;
  });
}

}  // namespace everseal::iam
