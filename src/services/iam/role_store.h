#pragma once

#include <chrono>
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

// An identity without keys of its own: whom its trust policy names becomes it for a while.
struct Role {
  std::string id;  // "AROA..."
  std::string account;
  std::string name;
  std::string path;          // "/service-role/"
  std::string trust_policy;  // the document, as it was given
  std::optional<std::string> description;
  std::chrono::seconds longest_session{};  // an hour to twelve
  TimePoint created_at;

  std::string arn() const;
  Holder holder() const { return {Holder::Kind::Role, id, name}; }
};

// By the name as it was given; names that differ in case only are not the same.
Result<std::optional<Role>> find_role(sql::Snapshot& view, std::string_view account,
                                      std::string_view name);
Result<std::optional<Role>> find_role_by_id(sql::Snapshot& view, std::string_view role_id);
// Whose role it is and what it is called: "arn:aws:iam::111122223333:role/path/name".
Result<std::optional<Role>> find_role_by_arn(sql::Snapshot& view, std::string_view arn);

// At most `limit` roles below the path, in the order of their folded names, after that one.
Result<std::vector<Role>> list_roles(sql::Snapshot& view, std::string_view account,
                                     std::string_view path_prefix, std::string_view after,
                                     std::int64_t limit);

Result<std::int64_t> count_roles(sql::Snapshot& view, std::string_view account);

// Conflict: the account has a role of that name, in whatever case.
Outcome add_role(sql::Transaction& tx, const Role& role);
// Its trust policy, description and longest session.
Outcome change_role(sql::Transaction& tx, const Role& role);
// The role holds nothing any more.
Outcome remove_role(sql::Transaction& tx, std::string_view role_id);

}  // namespace everseal::iam
