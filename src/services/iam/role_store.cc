#include "services/iam/role_store.h"

#include "aws/arn.h"
#include "services/iam/identifiers.h"
#include "sql/without_count.h"

namespace everseal::iam {
namespace {

Role role_in(const sql::Row& row) {
  return {.id = row.text(0),
          .account = row.text(1),
          .name = row.text(2),
          .path = row.text(3),
          .trust_policy = row.text(4),
          .description = row.maybe_text(5),
          .longest_session = std::chrono::seconds(row.integer(6)),
          .created_at = row.time(7)};
}

Result<std::optional<Role>> role_of(const Result<std::optional<sql::Row>>& row) {
  if (!row) return row.error();
  if (!*row) return std::optional<Role>{};
  return std::optional(role_in(**row));
}

}  // namespace

std::string Role::arn() const { return role_arn(account, path, name); }

Result<std::optional<Role>> find_role(sql::Snapshot& view, std::string_view account,
                                      std::string_view name) {
  return role_of(view.one(
      "SELECT id, account, name, path, trust_policy, description, longest_session, created_at "
      "FROM iam_role WHERE account = $1 AND folded_name = $2 AND name = $3",
      account, folded(name), name));
}

Result<std::optional<Role>> find_role_by_id(sql::Snapshot& view, std::string_view role_id) {
  return role_of(view.one(
      "SELECT id, account, name, path, trust_policy, description, longest_session, created_at "
      "FROM iam_role WHERE id = $1",
      role_id));
}

Result<std::optional<Role>> find_role_by_arn(sql::Snapshot& view, std::string_view arn) {
  const auto parsed = Arn::parse(arn);
  if (!parsed) return std::optional<Role>{};
  const auto slash = parsed->resource().rfind('/');
  if (slash == std::string_view::npos) return std::optional<Role>{};
  auto role = find_role(view, parsed->account(), parsed->resource().substr(slash + 1));
  if (role && *role && (*role)->arn() != arn) return std::optional<Role>{};
  return role;
}

Result<std::vector<Role>> list_roles(sql::Snapshot& view, std::string_view account,
                                     std::string_view path_prefix, std::string_view after,
                                     std::int64_t limit) {
  const auto rows = view.all(
      "SELECT id, account, name, path, trust_policy, description, longest_session, created_at "
      "FROM iam_role "
      "WHERE account = $1 AND folded_name > $2 AND substr(path, 1, length($3)) = $3 "
      "ORDER BY folded_name LIMIT $4",
      account, after, path_prefix, limit);
  if (!rows) return rows.error();
  std::vector<Role> roles;
  for (const sql::Row& row : *rows) roles.push_back(role_in(row));
  return roles;
}

Result<std::int64_t> count_roles(sql::Snapshot& view, std::string_view account) {
  const auto row = view.one("SELECT COUNT(*) FROM iam_role WHERE account = $1", account);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Outcome add_role(sql::Transaction& tx, const Role& role) {
  return sql::without_count(
      tx.run("INSERT INTO iam_role (id, account, name, folded_name, path, trust_policy, "
             "description, longest_session, created_at) "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
             role.id, role.account, role.name, folded(role.name), role.path, role.trust_policy,
             role.description, role.longest_session.count(), role.created_at));
}

Outcome change_role(sql::Transaction& tx, const Role& role) {
  return sql::without_count(
      tx.run("UPDATE iam_role SET trust_policy = $2, description = $3, longest_session = $4 "
             "WHERE id = $1",
             role.id, role.trust_policy, role.description, role.longest_session.count()));
}

Outcome remove_role(sql::Transaction& tx, std::string_view role_id) {
  return sql::without_count(tx.run("DELETE FROM iam_role WHERE id = $1", role_id));
}

}  // namespace everseal::iam
