#include "services/iam/group_store.h"

#include "services/iam/identifiers.h"
#include "sql/without_count.h"

namespace everseal::iam {
namespace {

template <class T>
std::vector<T> all_in(const std::vector<sql::Row>& rows) {
  std::vector<T> all;
  for (const sql::Row& row : rows) {
    all.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.time(4)});
  }
  return all;
}

template <class T>
Result<std::vector<T>> all_of(const Result<std::vector<sql::Row>>& rows) {
  if (!rows) return rows.error();
  return all_in<T>(*rows);
}

}  // namespace

std::string Group::arn() const { return group_arn(account, path, name); }

Result<std::optional<Group>> find_group(sql::Snapshot& view, std::string_view account,
                                        std::string_view name) {
  const auto rows = view.all(
      "SELECT id, account, name, path, created_at FROM iam_group "
      "WHERE account = $1 AND folded_name = $2 AND name = $3",
      account, folded(name), name);
  if (!rows) return rows.error();
  if (rows->empty()) return std::optional<Group>{};
  return std::optional(all_in<Group>(*rows).front());
}

Result<std::vector<Group>> list_groups(sql::Snapshot& view, std::string_view account,
                                       std::string_view path_prefix, std::string_view after,
                                       std::int64_t limit) {
  return all_of<Group>(
      view.all("SELECT id, account, name, path, created_at FROM iam_group "
               "WHERE account = $1 AND folded_name > $2 AND substr(path, 1, length($3)) = $3 "
               "ORDER BY folded_name LIMIT $4",
               account, after, path_prefix, limit));
}

Result<std::vector<Group>> groups_of_user(sql::Snapshot& view, std::string_view user_id,
                                          std::string_view after, std::int64_t limit) {
  return all_of<Group>(
      view.all("SELECT g.id, g.account, g.name, g.path, g.created_at FROM iam_group_member m "
               "JOIN iam_group g ON g.id = m.group_id WHERE m.user_id = $1 AND g.folded_name > $2 "
               "ORDER BY g.folded_name LIMIT $3",
               user_id, after, limit));
}

Result<std::vector<User>> users_in_group(sql::Snapshot& view, std::string_view group_id,
                                         std::string_view after, std::int64_t limit) {
  return all_of<User>(
      view.all("SELECT u.id, u.account, u.name, u.path, u.created_at FROM iam_group_member m "
               "JOIN iam_user u ON u.id = m.user_id WHERE m.group_id = $1 AND u.folded_name > $2 "
               "ORDER BY u.folded_name LIMIT $3",
               group_id, after, limit));
}

Result<std::int64_t> count_groups(sql::Snapshot& view, std::string_view account) {
  const auto row = view.one("SELECT COUNT(*) FROM iam_group WHERE account = $1", account);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Outcome add_group(sql::Transaction& tx, const Group& group) {
  return sql::without_count(tx.run(
      "INSERT INTO iam_group (id, account, name, folded_name, path, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      group.id, group.account, group.name, folded(group.name), group.path, group.created_at));
}

Outcome remove_group(sql::Transaction& tx, std::string_view group_id) {
  return sql::without_count(tx.run("DELETE FROM iam_group WHERE id = $1", group_id));
}

Outcome add_member(sql::Transaction& tx, std::string_view group_id, std::string_view user_id) {
  return sql::without_count(
      tx.run("INSERT INTO iam_group_member (group_id, user_id) VALUES ($1, $2) "
             "ON CONFLICT (group_id, user_id) DO NOTHING",
             group_id, user_id));
}

Result<bool> remove_member(sql::Transaction& tx, std::string_view group_id,
                           std::string_view user_id) {
  const auto removed = tx.run("DELETE FROM iam_group_member WHERE group_id = $1 AND user_id = $2",
                              group_id, user_id);
  if (!removed) return removed.error();
  return *removed > 0;
}

}  // namespace everseal::iam
