#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/iam/access_key_store.h"
#include "services/iam/group_store.h"
#include "services/iam/policy_store.h"
#include "services/iam/role_store.h"
#include "services/iam/shapes.h"
#include "services/iam/user_store.h"
#include "sql/database.h"

// Whom a request is about, and the right to it.
namespace everseal::iam {

// NoSuchEntity: the account has no user of that name.
Result<User, ApiError> user_named(sql::Snapshot& view, const aws::Call& call,
                                  std::string_view name);

Result<Holder, ApiError> user_holding(sql::Snapshot& view, const aws::Call& call,
                                      std::string_view name);

// NoSuchEntity: the account has no role of that name.
Result<Role, ApiError> role_named(sql::Snapshot& view, const aws::Call& call,
                                  std::string_view name);
Result<Holder, ApiError> role_holding(sql::Snapshot& view, const aws::Call& call,
                                      std::string_view name);
Result<Group, ApiError> group_named(sql::Snapshot& view, const aws::Call& call,
                                    std::string_view name);
Result<Holder, ApiError> group_holding(sql::Snapshot& view, const aws::Call& call,
                                       std::string_view name);

// NoSuchEntity: neither the account nor AWS has a policy of that ARN.
Result<ManagedPolicy, ApiError> policy_called(sql::Snapshot& view, const aws::Call& call,
                                              std::string_view arn);

// One that may be changed. AccessDenied: it belongs to AWS.
Result<ManagedPolicy, ApiError> own_policy_called(sql::Snapshot& view, const aws::Call& call,
                                                  std::string_view arn);
// The number of "v2". NoSuchEntity: the policy has no such version.
Result<std::int64_t, ApiError> version_called(sql::Snapshot& view, const ManagedPolicy& policy,
                                              std::string_view version_id);

// Who holds access keys: a user, or root.
struct KeyHolder {
  std::string id;  // root's is the account number
  std::optional<std::string> user_name;
};
// The user of that name, or whoever calls if none is given. NoSuchEntity: there is no such user, or
// the caller was deleted after the request was authorised.
Result<KeyHolder, ApiError> key_holder(sql::Snapshot& view, const aws::Call& call,
                                       const std::optional<std::string>& user_name);

// NoSuchEntity: there is no such user, or it does not hold the key.
Result<AccessKey, ApiError> held_access_key(sql::Snapshot& view, const aws::Call& call,
                                            const std::optional<std::string>& user_name,
                                            std::string_view key_id);

// The right to a user, whose tags conditions may ask for. Where there is no such user, the right to
// one of that name without a path.
aws::Access on_user(sql::Database& database, const aws::Call& call, std::string_view name);
aws::Access on_user_or_caller(sql::Database& database, const aws::Call& call,
                              const std::optional<std::string>& user_name);

// The right to a role, as to a user.
aws::Access on_group(sql::Database& database, const aws::Call& call, std::string_view name);
// The same with the condition key iam:PermissionsBoundary, where there is one.
aws::Access on_limited_user(sql::Database& database, const aws::Call& call, std::string_view name);
aws::Access on_limited_role(sql::Database& database, const aws::Call& call, std::string_view name);
aws::Access with_boundary(aws::Access access, const std::string& policy_arn);

aws::Access on_role(sql::Database& database, const aws::Call& call, std::string_view name);

// The right to a managed policy, whose tags conditions may ask for.
aws::Access on_policy(sql::Database& database, const aws::Call& call, std::string_view arn);

// Adds iam:PolicyARN.
aws::Access with_policy_arn(aws::Access access, const std::string& policy_arn);
// Adds aws:RequestTag/... and aws:TagKeys.
aws::Access with_tags(aws::Access access, const std::vector<shapes::Tag>& tags);

}  // namespace everseal::iam
