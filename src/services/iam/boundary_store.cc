#include "services/iam/boundary_store.h"

#include "sql/without_count.h"

namespace everseal::iam {
namespace {

Result<std::optional<std::string>> text_in(const Result<std::optional<sql::Row>>& row) {
  if (!row) return row.error();
  if (!*row) return std::optional<std::string>{};
  return std::optional((*row)->text(0));
}

}  // namespace

Result<std::optional<std::string>> boundary_of(sql::Snapshot& view, std::string_view holder_id) {
  return text_in(view.one("SELECT policy_arn FROM iam_boundary WHERE holder_id = $1", holder_id));
}

Result<std::optional<std::string>> boundary_document(sql::Snapshot& view,
                                                     std::string_view holder_id) {
  const auto row = view.one(
      "SELECT v.document FROM iam_boundary b LEFT JOIN iam_policy p ON p.arn = b.policy_arn "
      "LEFT JOIN iam_policy_version v ON v.policy_arn = p.arn AND v.version = p.default_version "
      "WHERE b.holder_id = $1",
      holder_id);
  if (!row) return row.error();
  if (!*row) return std::optional<std::string>{};
  auto document = (*row)->maybe_text(0);
  if (!document) return Fault::broken("a permissions boundary without its policy");
  return document;
}

Outcome put_boundary(sql::Transaction& tx, std::string_view holder_id, std::string_view account,
                     std::string_view policy_arn) {
  return sql::without_count(
      tx.run("INSERT INTO iam_boundary (holder_id, account, policy_arn) VALUES ($1, $2, $3) "
             "ON CONFLICT (holder_id) DO UPDATE SET policy_arn = excluded.policy_arn",
             holder_id, account, policy_arn));
}

Result<bool> remove_boundary(sql::Transaction& tx, std::string_view holder_id) {
  const auto removed = tx.run("DELETE FROM iam_boundary WHERE holder_id = $1", holder_id);
  if (!removed) return removed.error();
  return *removed > 0;
}

}  // namespace everseal::iam
