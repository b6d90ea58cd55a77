#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "services/iam/holder.h"
#include "sql/database.h"

namespace everseal::iam {

struct User {
  std::string id;  // "AIDA..."
  std::string account;
  std::string name;
  std::string path;  // "/plant/"
  TimePoint created_at;

  std::string arn() const;
  Holder holder() const { return {Holder::Kind::User, id, name}; }
};

// By the name as it was given; names that differ in case only are not the same.
Result<std::optional<User>> find_user(sql::Snapshot& view, std::string_view account,
                                      std::string_view name);

// At most `limit` users below the path, in the order of their folded names, after that one.
Result<std::vector<User>> list_users(sql::Snapshot& view, std::string_view account,
                                     std::string_view path_prefix, std::string_view after,
                                     std::int64_t limit);

Result<std::int64_t> count_users(sql::Snapshot& view, std::string_view account);

// Conflict: the account has a user of that name, in whatever case.
Outcome add_user(sql::Transaction& tx, const User& user);

// The user holds nothing any more.
Outcome remove_user(sql::Transaction& tx, std::string_view user_id);

}  // namespace everseal::iam
