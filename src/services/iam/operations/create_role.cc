#include "services/iam/operations/create_role.h"

#include <chrono>
#include <utility>

#include "services/iam/boundaries.h"
#include "services/iam/errors.h"
#include "services/iam/identifiers.h"
#include "services/iam/role_store.h"
#include "services/iam/subjects.h"
#include "services/iam/tag_store.h"
#include "services/iam/tagging.h"
#include "services/iam/trust_policy.h"

namespace everseal::iam {
namespace {

constexpr std::int64_t most_roles = 1000;
constexpr std::int64_t usual_session_seconds = 3600;

Result<void, ApiError> check_quota(sql::Snapshot& view, std::string_view account) {
  const auto roles = count_roles(view, account);
  if (!roles) return roles.error();
  if (*roles >= most_roles) return over_quota("RolesPerAccount", most_roles);
  return {};
}

Role new_role(const CreateRole::Request& request, const aws::Call& call, Random& random,
              TimePoint now) {
  return {.id = new_id(random, role_id_prefix),
          .account = call.caller.account,
          .name = request.role_name,
          .path = request.path.value_or("/"),
          .trust_policy = request.assume_role_policy_document,
          .description = request.description,
          .longest_session =
              std::chrono::seconds(request.max_session_duration.value_or(usual_session_seconds)),
          .created_at = now};
}

}  // namespace

aws::Access CreateRole::access(const Request& request, const aws::Call& call) const {
  const std::string path = request.path.value_or("/");
  auto access =
      with_tags(aws::on(role_arn(call.caller.account, path, request.role_name)), request.tags);
  if (!request.permissions_boundary) return access;
  return with_boundary(std::move(access), *request.permissions_boundary);
}

Result<CreateRole::Response, ApiError> CreateRole::operator()(const Request& request,
                                                              const aws::Call& call) const {
  if (auto checked = check_tags(request.tags); !checked) return checked.error();
  const auto trust = read_trust_policy(request.assume_role_policy_document);
  if (!trust) return trust.error();
  const Role role = new_role(request, call, random, clock.now());
  const aws::Tags tags = shapes::pairs(request.tags);
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto within_quota = check_quota(tx, role.account);
    if (!within_quota) return within_quota.error();
    const auto all_there = check_principals(tx, role.account, **trust);
    if (!all_there) return all_there.error();
    const auto added = add_role(tx, role);
    if (!added && added.error().kind == Fault::Kind::Conflict) return role_exists(role.name);
    if (!added) return added.error();
    const auto tagged = put_tags(tx, role.id, tags);
    if (!tagged) return tagged.error();
    Response response{shapes::shown(role, tags)};
    if (request.permissions_boundary) {
      const auto limited = limit(tx, directory, call, role.holder(), *request.permissions_boundary);
      if (!limited) return limited.error();
      response.role.permissions_boundary = {.policy_arn = *request.permissions_boundary};
    }
    return response;
  });
}

}  // namespace everseal::iam
