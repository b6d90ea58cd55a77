#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "services/iam/holder.h"
#include "services/iam/user_store.h"
#include "sql/database.h"

namespace everseal::iam {

// Users who have policies in common. It is nobody who could sign.
struct Group {
  std::string id;  // "AGPA..."
  std::string account;
  std::string name;
  std::string path;  // "/plant/"
  TimePoint created_at;

  std::string arn() const;
  Holder holder() const { return {Holder::Kind::Group, id, name}; }
};

// By the name as it was given; names that differ in case only are not the same.
Result<std::optional<Group>> find_group(sql::Snapshot& view, std::string_view account,
                                        std::string_view name);

// At most `limit` groups below the path, in the order of their folded names, after that one.
Result<std::vector<Group>> list_groups(sql::Snapshot& view, std::string_view account,
                                       std::string_view path_prefix, std::string_view after,
                                       std::int64_t limit);
// The same of those that a user is in.
Result<std::vector<Group>> groups_of_user(sql::Snapshot& view, std::string_view user_id,
                                          std::string_view after, std::int64_t limit);
// The users in a group, likewise.
Result<std::vector<User>> users_in_group(sql::Snapshot& view, std::string_view group_id,
                                         std::string_view after, std::int64_t limit);

Result<std::int64_t> count_groups(sql::Snapshot& view, std::string_view account);

// Conflict: the account has a group of that name, in whatever case.
Outcome add_group(sql::Transaction& tx, const Group& group);
// The group has neither users nor policies any more.
Outcome remove_group(sql::Transaction& tx, std::string_view group_id);

// Done if the user is in it already.
Outcome add_member(sql::Transaction& tx, std::string_view group_id, std::string_view user_id);
// Whether the user was in it.
Result<bool> remove_member(sql::Transaction& tx, std::string_view group_id,
                           std::string_view user_id);

}  // namespace everseal::iam
