#include "services/iam/user_policy_store.h"

namespace everseal::iam {

Result<std::optional<std::string>> find_user_policy(sql::Snapshot& view, std::string_view user_id,
                                                    std::string_view name) {
  const auto row = view.one("SELECT document FROM iam_user_policy WHERE user_id = $1 AND name = $2",
                            user_id, name);
  if (!row) return row.error();
  if (!*row) return std::optional<std::string>{};
  return std::optional((*row)->text(0));
}

Result<std::vector<UserPolicy>> user_policies(sql::Snapshot& view, std::string_view user_id) {
  const auto rows = view.all(
      "SELECT name, document FROM iam_user_policy WHERE user_id = $1 ORDER BY name", user_id);
  if (!rows) return rows.error();
  std::vector<UserPolicy> policies;
  for (const sql::Row& row : *rows) policies.push_back({row.text(0), row.text(1)});
  return policies;
}

Result<std::vector<std::string>> list_user_policy_names(sql::Snapshot& view,
                                                        std::string_view user_id,
                                                        std::string_view after,
                                                        std::int64_t limit) {
  const auto rows = view.all(
      "SELECT name FROM iam_user_policy WHERE user_id = $1 AND name > $2 ORDER BY name LIMIT $3",
      user_id, after, limit);
  if (!rows) return rows.error();
  std::vector<std::string> names;
  for (const sql::Row& row : *rows) names.push_back(row.text(0));
  return names;
}

Outcome put_user_policy(sql::Transaction& tx, std::string_view user_id, const UserPolicy& policy) {
  const auto put = tx.run(
      "INSERT INTO iam_user_policy (user_id, name, document) VALUES ($1, $2, $3) "
      "ON CONFLICT (user_id, name) DO UPDATE SET document = excluded.document",
      user_id, policy.name, policy.document);
  if (!put) return put.error();
  return {};
}

Result<std::int64_t> remove_user_policy(sql::Transaction& tx, std::string_view user_id,
                                        std::string_view name) {
  return tx.run("DELETE FROM iam_user_policy WHERE user_id = $1 AND name = $2", user_id, name);
}

}  // namespace everseal::iam
