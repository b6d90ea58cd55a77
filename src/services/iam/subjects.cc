#include "services/iam/subjects.h"

#include <utility>
#include <vector>

#include "services/iam/boundary_store.h"
#include "services/iam/errors.h"
#include "services/iam/identifiers.h"
#include "services/iam/policy_store.h"
#include "services/iam/tag_store.h"

namespace everseal::iam {
namespace {

Result<aws::Tags> read_tags(sql::Database& database, const std::string& owner_id) {
  return database.read([&](sql::Snapshot& view) { return tags_of(view, owner_id); });
}

aws::Access on_tagged(sql::Database& database, std::string arn, std::string id) {
  aws::Access access = aws::on(std::move(arn));
  access.resource_tags = [&database, id = std::move(id)] { return read_tags(database, id); };
  return access;
}

aws::Access unknown(const Fault& fault) {
  aws::Access access;
  access.fault = fault;
  return access;
}

aws::Access with_own_boundary(aws::Access access,
                              const Result<std::optional<std::string>>& boundary) {
  if (!boundary) return unknown(boundary.error());
  return *boundary ? with_boundary(std::move(access), **boundary) : access;
}

}  // namespace

Result<User, ApiError> user_named(sql::Snapshot& view, const aws::Call& call,
                                  std::string_view name) {
  auto found = find_user(view, call.caller.account, name);
  if (!found) return found.error();
  if (!*found) return no_such_user(name);
  return **std::move(found);
}

Result<Holder, ApiError> user_holding(sql::Snapshot& view, const aws::Call& call,
                                      std::string_view name) {
  const auto user = user_named(view, call, name);
  if (!user) return user.error();
  return user->holder();
}

Result<Role, ApiError> role_named(sql::Snapshot& view, const aws::Call& call,
                                  std::string_view name) {
  auto found = find_role(view, call.caller.account, name);
  if (!found) return found.error();
  if (!*found) return no_such_role(name);
  return **std::move(found);
}

Result<Holder, ApiError> role_holding(sql::Snapshot& view, const aws::Call& call,
                                      std::string_view name) {
  const auto role = role_named(view, call, name);
  if (!role) return role.error();
  return role->holder();
}

Result<Group, ApiError> group_named(sql::Snapshot& view, const aws::Call& call,
                                    std::string_view name) {
  auto found = find_group(view, call.caller.account, name);
  if (!found) return found.error();
  if (!*found) return no_such_group(name);
  return **std::move(found);
}

Result<Holder, ApiError> group_holding(sql::Snapshot& view, const aws::Call& call,
                                       std::string_view name) {
  const auto group = group_named(view, call, name);
  if (!group) return group.error();
  return group->holder();
}

Result<ManagedPolicy, ApiError> policy_called(sql::Snapshot& view, const aws::Call& call,
                                              std::string_view arn) {
  auto found = find_policy(view, call.caller.account, arn);
  if (!found) return found.error();
  if (!*found) return no_such_policy(arn);
  return **std::move(found);
}

Result<ManagedPolicy, ApiError> own_policy_called(sql::Snapshot& view, const aws::Call& call,
                                                  std::string_view arn) {
  auto policy = policy_called(view, call, arn);
  if (policy && policy->account == aws_account) return aws_policy_is_fixed();
  return policy;
}

Result<std::int64_t, ApiError> version_called(sql::Snapshot& view, const ManagedPolicy& policy,
                                              std::string_view version_id) {
  const auto versions = policy_versions(view, policy.arn);
  if (!versions) return versions.error();
  for (const PolicyVersion& version : *versions) {
    if (shapes::version_id(version.number) == version_id) return version.number;
  }
  return no_such_policy_version(version_id);
}

Result<KeyHolder, ApiError> key_holder(sql::Snapshot& view, const aws::Call& call,
                                       const std::optional<std::string>& user_name) {
  if (!user_name && call.caller.kind == aws::Caller::Kind::Root) {
    return KeyHolder{call.caller.account, std::nullopt};
  }
  if (!user_name && call.caller.kind != aws::Caller::Kind::User) return user_name_needed();
  const auto user = user_named(view, call, user_name.value_or(call.caller.user_name));
  if (!user) return user.error();
  if (!user_name && user->id != call.caller.user_id) return no_such_user(user->name);
  return KeyHolder{user->id, user->name};
}

Result<AccessKey, ApiError> held_access_key(sql::Snapshot& view, const aws::Call& call,
                                            const std::optional<std::string>& user_name,
                                            std::string_view key_id) {
  const auto holder = key_holder(view, call, user_name);
  if (!holder) return holder.error();
  auto key = find_access_key(view, key_id);
  if (!key) return key.error();
  if (!*key || (*key)->user_id != holder->id) return no_such_access_key(key_id);
  return **std::move(key);
}

aws::Access on_user(sql::Database& database, const aws::Call& call, std::string_view name) {
  const auto user = database.read(
      [&](sql::Snapshot& view) { return find_user(view, call.caller.account, name); });
  if (!user) return unknown(user.error());
  if (*user) return on_tagged(database, (*user)->arn(), (*user)->id);
  return aws::on(user_arn(call.caller.account, "/", name));
}

aws::Access on_user_or_caller(sql::Database& database, const aws::Call& call,
                              const std::optional<std::string>& user_name) {
  if (user_name) return on_user(database, call, *user_name);
  return on_tagged(database, call.caller.arn, call.caller.user_id);
}

aws::Access on_role(sql::Database& database, const aws::Call& call, std::string_view name) {
  const auto role = database.read(
      [&](sql::Snapshot& view) { return find_role(view, call.caller.account, name); });
  if (!role) return unknown(role.error());
  if (*role) return on_tagged(database, (*role)->arn(), (*role)->id);
  return aws::on(role_arn(call.caller.account, "/", name));
}

aws::Access on_group(sql::Database& database, const aws::Call& call, std::string_view name) {
  const auto group = database.read(
      [&](sql::Snapshot& view) { return find_group(view, call.caller.account, name); });
  if (!group) return unknown(group.error());
  return aws::on(*group ? (*group)->arn() : group_arn(call.caller.account, "/", name));
}

aws::Access on_limited_user(sql::Database& database, const aws::Call& call, std::string_view name) {
  return with_own_boundary(
      on_user(database, call, name),
      database.read([&](sql::Snapshot& view) -> Result<std::optional<std::string>> {
        const auto user = find_user(view, call.caller.account, name);
        if (!user) return user.error();
        return *user ? boundary_of(view, (*user)->id) : std::optional<std::string>{};
      }));
}

aws::Access on_limited_role(sql::Database& database, const aws::Call& call, std::string_view name) {
  return with_own_boundary(
      on_role(database, call, name),
      database.read([&](sql::Snapshot& view) -> Result<std::optional<std::string>> {
        const auto role = find_role(view, call.caller.account, name);
        if (!role) return role.error();
        return *role ? boundary_of(view, (*role)->id) : std::optional<std::string>{};
      }));
}

aws::Access with_boundary(aws::Access access, const std::string& policy_arn) {
  access.context.push_back({"iam:PermissionsBoundary", {policy_arn}});
  return access;
}

aws::Access on_policy(sql::Database& database, const aws::Call& call, std::string_view arn) {
  const auto policy = database.read(
      [&](sql::Snapshot& view) { return find_policy(view, call.caller.account, arn); });
  if (!policy) return unknown(policy.error());
  if (*policy) return on_tagged(database, (*policy)->arn, (*policy)->id);
  return aws::on(std::string(arn));
}

aws::Access with_policy_arn(aws::Access access, const std::string& policy_arn) {
  access.context.push_back({"iam:PolicyARN", {policy_arn}});
  return access;
}

aws::Access with_tags(aws::Access access, const std::vector<shapes::Tag>& tags) {
  std::vector<std::string> keys;
  for (const shapes::Tag& tag : tags) {
    access.context.push_back({"aws:RequestTag/" + tag.key, {tag.value}});
    keys.push_back(tag.key);
  }
  if (!keys.empty()) access.context.push_back({"aws:TagKeys", std::move(keys)});
  return access;
}

}  // namespace everseal::iam
