#include "services/iam/directory.h"

#include <cstdint>
#include <utility>

#include "services/iam/access_key_store.h"
#include "services/iam/identifiers.h"
#include "services/iam/policy_store.h"
#include "services/iam/tag_store.h"
#include "services/iam/user_policy_store.h"

namespace everseal::iam {
namespace {

using aws::Caller;
using aws::policy::Policy;
using aws::sigv4::Absence;
using aws::sigv4::Credential;

constexpr std::size_t most_keys = 16384;
constexpr std::size_t most_users = 8192;

Caller root_caller(const std::string& account, std::string_view key_id) {
  const std::string arn = root_arn(account);
  return {.kind = Caller::Kind::Root,
          .account = account,
          .arn = arn,
          .principal_arn = arn,
          .user_id = account,
          .user_name = {},
          .access_key_id = std::string(key_id),
          .tags = {}};
}

// A key with its secret and its user; only root has no user's columns.
struct KeyRow {
  std::string account;
  std::string user_id;
  Bytes sealed_secret;
  TimePoint created_at;
  std::optional<std::string> user_name;
  std::optional<std::string> user_path;
  aws::Tags tags;
};

Caller caller_of(const KeyRow& row, std::string_view key_id) {
  if (!row.user_name) return root_caller(row.account, key_id);
  const std::string arn = user_arn(row.account, row.user_path.value_or("/"), *row.user_name);
  return {.kind = Caller::Kind::User,
          .account = row.account,
          .arn = arn,
          .principal_arn = arn,
          .user_id = row.user_id,
          .user_name = *row.user_name,
          .access_key_id = std::string(key_id),
          .tags = row.tags};
}

// A key whose user is gone is nobody's; root holds those of the account's number only.
Result<std::optional<KeyRow>> find_active_key(sql::Snapshot& view, std::string_view key_id) {
  const auto row = view.one(
      "SELECT k.account, k.user_id, k.sealed_secret, k.created_at, u.name, u.path "
      "FROM iam_access_key k LEFT JOIN iam_user u ON u.id = k.user_id "
      "WHERE k.id = $1 AND k.active = 1",
      key_id);
  if (!row) return row.error();
  if (!*row) return std::optional<KeyRow>{};
  const bool is_roots = (*row)->text(1) == (*row)->text(0);
  if (!is_roots && !(*row)->maybe_text(4)) return std::optional<KeyRow>{};
  auto tags = tags_of(view, (*row)->text(1));
  if (!tags) return tags.error();
  return std::optional(KeyRow{(*row)->text(0), (*row)->text(1), (*row)->blob(2), (*row)->time(3),
                              (*row)->maybe_text(4), (*row)->maybe_text(5), *std::move(tags)});
}

Result<std::vector<std::string>> documents_of(sql::Snapshot& view, std::string_view user_id) {
  auto documents = attached_documents(view, user_id);
  if (!documents) return documents;
  auto inline_policies = user_policies(view, user_id);
  if (!inline_policies) return inline_policies.error();
  for (UserPolicy& policy : *inline_policies) documents->push_back(std::move(policy.document));
  return documents;
}

}  // namespace

Directory::Directory(sql::Database& database, const keys::Vault& vault)
    : database_(database), vault_(vault), credentials_(most_keys), policies_(most_users) {}

Result<std::variant<Credential, Absence>> Directory::find(
    std::string_view access_key_id, std::optional<std::string_view> session_token) const {
  using Found = std::variant<Credential, Absence>;
  const auto found = credential(access_key_id);
  if (!found) return found.error();
  if (*found == nullptr) return Found(Absence::Unknown);
  if (session_token) return Found(Absence::BadToken);  // keys of users and root have none
  return Found(**found);
}

Result<Directory::CredentialRef> Directory::credential(std::string_view key_id) const {
  if (auto known = credentials_.find(key_id)) return known;
  const std::uint64_t age = credentials_.age();
  auto read = read_credential(key_id);
  if (read && *read != nullptr) credentials_.remember(key_id, *read, age);
  return read;
}

Result<Directory::CredentialRef> Directory::read_credential(std::string_view key_id) const {
  const auto row =
      database_.read([&](sql::Snapshot& view) { return find_active_key(view, key_id); });
  if (!row) return row.error();
  if (!*row) return CredentialRef{};
  auto secret = open_secret(vault_, key_id, (*row)->sealed_secret);
  if (!secret) return secret.error();
  return CredentialRef(std::make_shared<const Credential>(
      Credential{.secret = std::make_shared<const SecretBytes>(*std::move(secret)),
                 .version = static_cast<std::uint64_t>(to_millis((*row)->created_at)),
                 .caller = caller_of(**row, key_id)}));
}

Result<std::shared_ptr<const Directory::PolicyList>> Directory::policies_of(
    std::string_view user_id) const {
  if (auto known = policies_.find(user_id)) return known;
  const std::uint64_t age = policies_.age();
  auto read = read_policies(user_id);
  if (read) policies_.remember(user_id, *read, age);
  return read;
}

Result<std::shared_ptr<const Directory::PolicyList>> Directory::read_policies(
    std::string_view user_id) const {
  const auto documents =
      database_.read([&](sql::Snapshot& view) { return documents_of(view, user_id); });
  if (!documents) return documents.error();
  auto policies = std::make_shared<PolicyList>();
  for (const std::string& document : *documents) {
    auto policy = Policy::parse(document, aws::policy::Kind::Identity);
    if (!policy) {
      return Fault::broken("a policy of user " + std::string(user_id) +
                           " cannot be read: " + policy.error().reason);
    }
    policies->push_back(*std::move(policy));
  }
  return std::shared_ptr<const PolicyList>(std::move(policies));
}

Result<std::optional<std::string>> Directory::account_of(std::string_view access_key_id) const {
  const auto key =
      database_.read([&](sql::Snapshot& view) { return find_access_key(view, access_key_id); });
  if (!key) return key.error();
  if (!*key) return std::optional<std::string>{};
  return std::optional((*key)->account);
}

void Directory::forget_key(sql::Transaction& tx, std::string key_id) {
  tx.after_commit([this, id = std::move(key_id)] { credentials_.forget(id); });
}

void Directory::forget_policies(sql::Transaction& tx, std::string user_id) {
  tx.after_commit([this, id = std::move(user_id)] { policies_.forget(id); });
}

}  // namespace everseal::iam
