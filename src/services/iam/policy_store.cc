#include "services/iam/policy_store.h"

#include "services/iam/identifiers.h"
#include "sql/without_count.h"

namespace everseal::iam {
namespace {

ManagedPolicy policy_in(const sql::Row& row) {
  return {row.text(0), row.text(1),       row.text(2),    row.text(3),
          row.text(4), row.maybe_text(5), row.integer(6), row.time(7),
          row.time(8), row.integer(9),    row.integer(10)};
}

// The same questions to the three tables of attachments.
struct Texts {
  std::string_view attachments, documents, attach, detach;
};
constexpr Texts of_users{
    .attachments =
        "SELECT p.arn, p.name, p.path FROM iam_user_attachment a "
        "JOIN iam_policy p ON p.arn = a.policy_arn WHERE a.user_id = $1 ORDER BY p.arn",
    .documents =
        "SELECT v.document FROM iam_user_attachment a "
        "JOIN iam_policy p ON p.arn = a.policy_arn "
        "JOIN iam_policy_version v ON v.policy_arn = p.arn AND v.version = p.default_version "
        "WHERE a.user_id = $1",
    .attach =
        "INSERT INTO iam_user_attachment (user_id, policy_arn) VALUES ($1, $2) "
        "ON CONFLICT (user_id, policy_arn) DO NOTHING",
    .detach = "DELETE FROM iam_user_attachment WHERE user_id = $1 AND policy_arn = $2"};
constexpr Texts of_roles{
    .attachments =
        "SELECT p.arn, p.name, p.path FROM iam_role_attachment a "
        "JOIN iam_policy p ON p.arn = a.policy_arn WHERE a.role_id = $1 ORDER BY p.arn",
    .documents =
        "SELECT v.document FROM iam_role_attachment a "
        "JOIN iam_policy p ON p.arn = a.policy_arn "
        "JOIN iam_policy_version v ON v.policy_arn = p.arn AND v.version = p.default_version "
        "WHERE a.role_id = $1",
    .attach =
        "INSERT INTO iam_role_attachment (role_id, policy_arn) VALUES ($1, $2) "
        "ON CONFLICT (role_id, policy_arn) DO NOTHING",
    .detach = "DELETE FROM iam_role_attachment WHERE role_id = $1 AND policy_arn = $2"};

constexpr Texts of_groups{
    .attachments =
        "SELECT p.arn, p.name, p.path FROM iam_group_attachment a "
        "JOIN iam_policy p ON p.arn = a.policy_arn WHERE a.group_id = $1 ORDER BY p.arn",
    .documents =
        "SELECT v.document FROM iam_group_attachment a "
        "JOIN iam_policy p ON p.arn = a.policy_arn "
        "JOIN iam_policy_version v ON v.policy_arn = p.arn AND v.version = p.default_version "
        "WHERE a.group_id = $1",
    .attach =
        "INSERT INTO iam_group_attachment (group_id, policy_arn) VALUES ($1, $2) "
        "ON CONFLICT (group_id, policy_arn) DO NOTHING",
    .detach = "DELETE FROM iam_group_attachment WHERE group_id = $1 AND policy_arn = $2"};
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

Result<std::optional<ManagedPolicy>> find_policy(sql::Snapshot& view, std::string_view account,
                                                 std::string_view arn) {
  const auto row = view.one(
      "SELECT p.arn, p.id, p.account, p.name, p.path, p.description, p.default_version, "
      "p.created_at, p.updated_at, "
      "(SELECT COUNT(*) FROM iam_user_attachment a JOIN iam_user u ON u.id = a.user_id "
      " WHERE a.policy_arn = p.arn AND u.account = $1) + "
      "(SELECT COUNT(*) FROM iam_role_attachment a JOIN iam_role r ON r.id = a.role_id "
      " WHERE a.policy_arn = p.arn AND r.account = $1) + "
      "(SELECT COUNT(*) FROM iam_group_attachment a JOIN iam_group g ON g.id = a.group_id "
      " WHERE a.policy_arn = p.arn AND g.account = $1), "
      "(SELECT COUNT(*) FROM iam_boundary b WHERE b.policy_arn = p.arn AND b.account = $1) "
      "FROM iam_policy p WHERE p.arn = $2 AND (p.account = $1 OR p.account = 'aws')",
      account, arn);
  if (!row) return row.error();
  if (!*row) return std::optional<ManagedPolicy>{};
  return std::optional(policy_in(**row));
}

Result<std::vector<ManagedPolicy>> list_policies(sql::Snapshot& view, std::string_view account,
                                                 const PolicyFilter& filter,
                                                 const PolicyPlace& after, std::int64_t limit) {
  const auto rows = view.all(
      "SELECT p.arn, p.id, p.account, p.name, p.path, p.description, p.default_version, "
      "p.created_at, p.updated_at, "
      "(SELECT COUNT(*) FROM iam_user_attachment a JOIN iam_user u ON u.id = a.user_id "
      " WHERE a.policy_arn = p.arn AND u.account = $1) + "
      "(SELECT COUNT(*) FROM iam_role_attachment a JOIN iam_role r ON r.id = a.role_id "
      " WHERE a.policy_arn = p.arn AND r.account = $1) + "
      "(SELECT COUNT(*) FROM iam_group_attachment a JOIN iam_group g ON g.id = a.group_id "
      " WHERE a.policy_arn = p.arn AND g.account = $1), "
      "(SELECT COUNT(*) FROM iam_boundary b WHERE b.policy_arn = p.arn AND b.account = $1) "
      "FROM iam_policy p "
      "WHERE ((p.account = $1 AND $2 = 1) OR (p.account = 'aws' AND $3 = 1)) "
      "AND ($4 = 0 OR EXISTS (SELECT 1 FROM iam_user_attachment a JOIN iam_user u "
      " ON u.id = a.user_id WHERE a.policy_arn = p.arn AND u.account = $1) "
      " OR EXISTS (SELECT 1 FROM iam_role_attachment a JOIN iam_role r "
      " ON r.id = a.role_id WHERE a.policy_arn = p.arn AND r.account = $1) "
      " OR EXISTS (SELECT 1 FROM iam_group_attachment a JOIN iam_group g "
      " ON g.id = a.group_id WHERE a.policy_arn = p.arn AND g.account = $1)) "
      "AND substr(p.path, 1, length($5)) = $5 "
      "AND (p.folded_name > $6 OR (p.folded_name = $6 AND p.arn > $7)) "
      "AND ($9 = 0 OR EXISTS (SELECT 1 FROM iam_boundary b "
      " WHERE b.policy_arn = p.arn AND b.account = $1)) "
      "ORDER BY p.folded_name, p.arn LIMIT $8",
      account, filter.own, filter.of_aws, filter.only_attached, filter.path_prefix,
      after.folded_name, after.arn, limit, filter.only_boundaries);
  if (!rows) return rows.error();
  std::vector<ManagedPolicy> policies;
  for (const sql::Row& row : *rows) policies.push_back(policy_in(row));
  return policies;
}

Result<std::int64_t> count_policies(sql::Snapshot& view, std::string_view account) {
  const auto row = view.one("SELECT COUNT(*) FROM iam_policy WHERE account = $1", account);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Outcome add_policy(sql::Transaction& tx, const ManagedPolicy& policy, std::string_view document) {
  const auto added = tx.run(
      "INSERT INTO iam_policy (arn, id, account, name, folded_name, path, description, "
      "default_version, created_at, updated_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      policy.arn, policy.id, policy.account, policy.name, folded(policy.name), policy.path,
      policy.description, policy.default_version, policy.created_at, policy.updated_at);
  if (!added) return added.error();
  return sql::without_count(
      tx.run("INSERT INTO iam_policy_version (policy_arn, version, document, created_at) "
             "VALUES ($1, $2, $3, $4)",
             policy.arn, policy.default_version, document, policy.created_at));
}

Outcome remove_policy(sql::Transaction& tx, std::string_view arn) {
  const auto versions = tx.run("DELETE FROM iam_policy_version WHERE policy_arn = $1", arn);
  if (!versions) return versions.error();
  return sql::without_count(tx.run("DELETE FROM iam_policy WHERE arn = $1", arn));
}

Result<std::optional<std::string>> document_in_force(sql::Snapshot& view, std::string_view account,
                                                     std::string_view arn) {
  const auto row = view.one(
      "SELECT v.document FROM iam_policy p JOIN iam_policy_version v "
      "ON v.policy_arn = p.arn AND v.version = p.default_version "
      "WHERE p.arn = $2 AND (p.account = $1 OR p.account = 'aws')",
      account, arn);
  if (!row) return row.error();
  if (!*row) return std::optional<std::string>{};
  return std::optional((*row)->text(0));
}

Result<std::int64_t> add_version(sql::Transaction& tx, std::string_view arn,
                                 std::string_view document, TimePoint now) {
  const auto counted =
      tx.run("UPDATE iam_policy SET latest_version = latest_version + 1 WHERE arn = $1", arn);
  if (!counted) return counted.error();
  const auto added = tx.run(
      "INSERT INTO iam_policy_version (policy_arn, version, document, created_at) "
      "SELECT arn, latest_version, $2, $3 FROM iam_policy WHERE arn = $1",
      arn, document, now);
  if (!added) return added.error();
  const auto row = tx.one("SELECT latest_version FROM iam_policy WHERE arn = $1", arn);
  if (!row) return row.error();
  return (*row)->integer(0);
}

Outcome set_default_version(sql::Transaction& tx, std::string_view arn, std::int64_t version,
                            TimePoint now) {
  return sql::without_count(
      tx.run("UPDATE iam_policy SET default_version = $2, updated_at = $3 WHERE arn = $1", arn,
             version, now));
}

Result<std::int64_t> remove_version(sql::Transaction& tx, std::string_view arn,
                                    std::int64_t version) {
  return tx.run("DELETE FROM iam_policy_version WHERE policy_arn = $1 AND version = $2", arn,
                version);
}

Result<std::vector<PolicyVersion>> policy_versions(sql::Snapshot& view, std::string_view arn) {
  const auto rows = view.all(
      "SELECT version, document, created_at FROM iam_policy_version "
      "WHERE policy_arn = $1 ORDER BY version DESC",
      arn);
  if (!rows) return rows.error();
  std::vector<PolicyVersion> versions;
  for (const sql::Row& row : *rows) {
    versions.push_back({row.integer(0), row.text(1), row.time(2)});
  }
  return versions;
}

Result<std::vector<Attachment>> attachments_of(sql::Snapshot& view, const Holder& holder) {
  const auto rows = view.all(texts_of(holder).attachments, holder.id);
  if (!rows) return rows.error();
  std::vector<Attachment> attachments;
  for (const sql::Row& row : *rows) {
    attachments.push_back({row.text(0), row.text(1), row.text(2)});
  }
  return attachments;
}

Result<std::vector<std::string>> attached_documents(sql::Snapshot& view, const Holder& holder) {
  const auto rows = view.all(texts_of(holder).documents, holder.id);
  if (!rows) return rows.error();
  std::vector<std::string> documents;
  for (const sql::Row& row : *rows) documents.push_back(row.text(0));
  return documents;
}

Outcome attach_policy(sql::Transaction& tx, const Holder& holder, std::string_view policy_arn) {
  return sql::without_count(tx.run(texts_of(holder).attach, holder.id, policy_arn));
}

Result<std::int64_t> detach_policy(sql::Transaction& tx, const Holder& holder,
                                   std::string_view policy_arn) {
  return tx.run(texts_of(holder).detach, holder.id, policy_arn);
}

}  // namespace everseal::iam
