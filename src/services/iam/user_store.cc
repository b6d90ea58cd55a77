#include "services/iam/user_store.h"

#include "services/iam/identifiers.h"

namespace everseal::iam {
namespace {

User user_in(const sql::Row& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3), row.time(4)};
}

}  // namespace

std::string User::arn() const { return user_arn(account, path, name); }

Result<std::optional<User>> find_user(sql::Snapshot& view, std::string_view account,
                                      std::string_view name) {
  const auto row = view.one(
      "SELECT id, account, name, path, created_at FROM iam_user "
      "WHERE account = $1 AND folded_name = $2 AND name = $3",
      account, folded(name), name);
  if (!row) return row.error();
  if (!*row) return std::optional<User>{};
  return std::optional(user_in(**row));
}

Result<std::vector<User>> list_users(sql::Snapshot& view, std::string_view account,
                                     std::string_view path_prefix, std::string_view after,
                                     std::int64_t limit) {
  const auto rows = view.all(
      "SELECT id, account, name, path, created_at FROM iam_user "
      "WHERE account = $1 AND folded_name > $2 AND substr(path, 1, length($3)) = $3 "
      "ORDER BY folded_name LIMIT $4",
      account, after, path_prefix, limit);
  if (!rows) return rows.error();
  std::vector<User> users;
  for (const sql::Row& row : *rows) users.push_back(user_in(row));
  return users;
}

Result<std::int64_t> count_users(sql::Snapshot& view, std::string_view account) {
  const auto row = view.one("SELECT COUNT(*) FROM iam_user WHERE account = $1", account);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Outcome add_user(sql::Transaction& tx, const User& user) {
  const auto added = tx.run(
      "INSERT INTO iam_user (id, account, name, folded_name, path, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      user.id, user.account, user.name, folded(user.name), user.path, user.created_at);
  if (!added) return added.error();
  return {};
}

Outcome remove_user(sql::Transaction& tx, std::string_view user_id) {
  const auto removed = tx.run("DELETE FROM iam_user WHERE id = $1", user_id);
  if (!removed) return removed.error();
  return {};
}

}  // namespace everseal::iam
