#include "services/iam/inline_policy_store.h"

#include "sql/without_count.h"

namespace everseal::iam {
namespace {

// The same questions to the three tables.
struct Texts {
  std::string_view find, all, names, put, remove;
};
constexpr Texts of_users{
    .find = "SELECT document FROM iam_user_policy WHERE user_id = $1 AND name = $2",
    .all = "SELECT name, document FROM iam_user_policy WHERE user_id = $1 ORDER BY name",
    .names =
        "SELECT name FROM iam_user_policy WHERE user_id = $1 AND name > $2 "
        "ORDER BY name LIMIT $3",
    .put =
        "INSERT INTO iam_user_policy (user_id, name, document) VALUES ($1, $2, $3) "
        "ON CONFLICT (user_id, name) DO UPDATE SET document = excluded.document",
    .remove = "DELETE FROM iam_user_policy WHERE user_id = $1 AND name = $2"};
constexpr Texts of_roles{
    .find = "SELECT document FROM iam_role_policy WHERE role_id = $1 AND name = $2",
    .all = "SELECT name, document FROM iam_role_policy WHERE role_id = $1 ORDER BY name",
    .names =
        "SELECT name FROM iam_role_policy WHERE role_id = $1 AND name > $2 "
        "ORDER BY name LIMIT $3",
    .put =
        "INSERT INTO iam_role_policy (role_id, name, document) VALUES ($1, $2, $3) "
        "ON CONFLICT (role_id, name) DO UPDATE SET document = excluded.document",
    .remove = "DELETE FROM iam_role_policy WHERE role_id = $1 AND name = $2"};

constexpr Texts of_groups{
    .find = "SELECT document FROM iam_group_policy WHERE group_id = $1 AND name = $2",
    .all = "SELECT name, document FROM iam_group_policy WHERE group_id = $1 ORDER BY name",
    .names =
        "SELECT name FROM iam_group_policy WHERE group_id = $1 AND name > $2 "
        "ORDER BY name LIMIT $3",
    .put =
        "INSERT INTO iam_group_policy (group_id, name, document) VALUES ($1, $2, $3) "
        "ON CONFLICT (group_id, name) DO UPDATE SET document = excluded.document",
    .remove = "DELETE FROM iam_group_policy WHERE group_id = $1 AND name = $2"};
const Texts& texts_of(const Holder& holder) {
  switch (holder.kind) {
    case Holder::Kind::Role:
      return of_roles;
    case Holder::Kind::Group:
      return of_groups;
    case Holder::Kind::User:
      break;
  }
  return of_users;
}

}  // namespace

Result<std::optional<std::string>> find_inline_policy(sql::Snapshot& view, const Holder& holder,
                                                      std::string_view name) {
  const auto row = view.one(texts_of(holder).find, holder.id, name);
  if (!row) return row.error();
  if (!*row) return std::optional<std::string>{};
  return std::optional((*row)->text(0));
}

Result<std::vector<InlinePolicy>> inline_policies(sql::Snapshot& view, const Holder& holder) {
  const auto rows = view.all(texts_of(holder).all, holder.id);
  if (!rows) return rows.error();
  std::vector<InlinePolicy> policies;
  for (const sql::Row& row : *rows) policies.push_back({row.text(0), row.text(1)});
  return policies;
}

Result<std::vector<std::string>> list_inline_policy_names(sql::Snapshot& view, const Holder& holder,
                                                          std::string_view after,
                                                          std::int64_t limit) {
  const auto rows = view.all(texts_of(holder).names, holder.id, after, limit);
  if (!rows) return rows.error();
  std::vector<std::string> names;
  for (const sql::Row& row : *rows) names.push_back(row.text(0));
  return names;
}

Outcome put_inline_policy(sql::Transaction& tx, const Holder& holder, const InlinePolicy& policy) {
  return sql::without_count(tx.run(texts_of(holder).put, holder.id, policy.name, policy.document));
}

Result<std::int64_t> remove_inline_policy(sql::Transaction& tx, const Holder& holder,
                                          std::string_view name) {
  return tx.run(texts_of(holder).remove, holder.id, name);
}

}  // namespace everseal::iam
