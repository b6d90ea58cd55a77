#include "services/elbv2/trust_store_use.h"

namespace everseal::elbv2 {

Result<std::vector<std::string>> users_of_trust_store(sql::Snapshot& view,
                                                      std::string_view trust_store_arn,
                                                      std::string_view after, std::int64_t limit) {
  const auto rows = view.all(
      "SELECT DISTINCT load_balancer_arn FROM elbv2_listener"
      " WHERE trust_store_arn = $1 AND load_balancer_arn > $2 ORDER BY load_balancer_arn LIMIT $3",
      trust_store_arn, after, limit);
  if (!rows) return rows.error();
  std::vector<std::string> users;
  for (const sql::Row& row : *rows) users.emplace_back(row.text(0));
  return users;
}

Result<bool> uses_trust_store(sql::Snapshot& view, std::string_view load_balancer_arn,
                              std::string_view trust_store_arn) {
  const auto row = view.one(
      "SELECT 1 FROM elbv2_listener WHERE trust_store_arn = $1 AND load_balancer_arn = $2 LIMIT 1",
      trust_store_arn, load_balancer_arn);
  if (!row) return row.error();
  return row->has_value();
}

}  // namespace everseal::elbv2
