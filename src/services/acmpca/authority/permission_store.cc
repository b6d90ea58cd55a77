#include "services/acmpca/authority/permission_store.h"

#include <algorithm>

namespace everseal::acmpca {
namespace {

std::string joined(const std::vector<PermittedAction>& actions) {
  std::string text;
  for (const auto action : actions) {
    if (!text.empty()) text += ',';
    text += aws::name_of(action);
  }
  return text;
}

Result<std::vector<PermittedAction>> parted(std::string_view text) {
  std::vector<PermittedAction> actions;
  while (!text.empty()) {
    const auto action = aws::named<PermittedAction>(text.substr(0, text.find(',')));
    if (!action) return Fault::broken("acmpca_permission: cannot read actions");
    actions.push_back(*action);
    text.remove_prefix(std::min(text.size(), aws::name_of(*action).size() + 1));
  }
  return actions;
}

Result<Permission> permission_in(const sql::Row& row) {
  auto actions = parted(row.text(2));
  if (!actions) return std::move(actions).error();
  return Permission{.principal = row.text(0),
                    .source_account = row.text(1),
                    .actions = *std::move(actions),
                    .created_at = row.time(3)};
}

}  // namespace

bool Permission::allows(PermittedAction action) const {
  return std::find(actions.begin(), actions.end(), action) != actions.end();
}

Result<bool> add_permission(sql::Transaction& tx, std::int64_t ca, const Permission& permission) {
  const auto rows = tx.run(
      "INSERT INTO acmpca_permission (ca, principal, source_account, actions, created_at) "
      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (ca, principal, source_account) DO NOTHING",
      ca, permission.principal, permission.source_account, joined(permission.actions),
      permission.created_at);
  if (!rows) return rows.error();
  return *rows > 0;
}

Result<bool> remove_permission(sql::Transaction& tx, std::int64_t ca, std::string_view principal,
                               std::string_view source_account) {
  const auto rows = tx.run(
      "DELETE FROM acmpca_permission WHERE ca = $1 AND principal = $2 AND source_account = $3", ca,
      principal, source_account);
  if (!rows) return rows.error();
  return *rows > 0;
}

Result<std::optional<Permission>> find_permission(sql::Snapshot& view, std::int64_t ca,
                                                  std::string_view principal,
                                                  std::string_view source_account) {
  const auto row = view.one(
      "SELECT principal, source_account, actions, created_at FROM acmpca_permission "
      "WHERE ca = $1 AND principal = $2 AND source_account = $3",
      ca, principal, source_account);
  if (!row) return row.error();
  if (!*row) return std::optional<Permission>{};
  auto permission = permission_in(**row);
  if (!permission) return std::move(permission).error();
  return std::optional(*std::move(permission));
}

Result<std::vector<Permission>> list_permissions(sql::Snapshot& view, std::int64_t ca,
                                                 const PermissionKey& after, std::size_t most) {
  const auto rows = view.all(
      "SELECT principal, source_account, actions, created_at FROM acmpca_permission "
      "WHERE ca = $1 AND (principal > $2 OR (principal = $2 AND source_account > $3)) "
      "ORDER BY principal, source_account LIMIT $4",
      ca, after.principal, after.source_account, most);
  if (!rows) return rows.error();
  std::vector<Permission> permissions;
  for (const auto& row : *rows) {
    auto permission = permission_in(row);
    if (!permission) return std::move(permission).error();
    permissions.push_back(*std::move(permission));
  }
  return permissions;
}

}  // namespace everseal::acmpca
