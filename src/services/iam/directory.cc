#include "services/iam/directory.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "aws/session/credentials.h"
#include "services/iam/access_key_store.h"
#include "services/iam/boundary_store.h"
#include "services/iam/group_store.h"
#include "services/iam/identifiers.h"
#include "services/iam/inline_policy_store.h"
#include "services/iam/policy_store.h"
#include "services/iam/role_store.h"
#include "services/iam/tag_store.h"

namespace everseal::iam {
namespace {

using aws::Caller;
using aws::policy::Policy;
using aws::sigv4::Absence;
using aws::sigv4::Credential;

constexpr std::size_t most_keys = 16384;
constexpr std::size_t most_holders = 8192;
constexpr std::size_t most_roles = 1024;

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

Caller user_caller(const std::string& account, std::string id, const std::string& name,
                   const std::string& path, aws::Tags tags) {
  const std::string arn = user_arn(account, path, name);
  return {.kind = Caller::Kind::User,
          .account = account,
          .arn = arn,
          .principal_arn = arn,
          .user_id = std::move(id),
          .user_name = name,
          .access_key_id = {},
          .tags = std::move(tags)};
}

Caller caller_of(const KeyRow& row, std::string_view key_id) {
  if (!row.user_name) return root_caller(row.account, key_id);
  auto caller =
      user_caller(row.account, row.user_id, *row.user_name, row.user_path.value_or("/"), row.tags);
  caller.access_key_id = key_id;
  return caller;
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

Result<std::vector<std::string>> documents_of(sql::Snapshot& view, const Holder& holder) {
  auto documents = attached_documents(view, holder);
  if (!documents) return documents;
  auto own = inline_policies(view, holder);
  if (!own) return own.error();
  for (InlinePolicy& policy : *own) documents->push_back(std::move(policy.document));
  return documents;
}

// With those of the groups that a user is in.
Result<std::vector<std::string>> all_documents_of(sql::Snapshot& view, const Holder& holder) {
  constexpr std::int64_t most = 1000;  // there are ten
  auto documents = documents_of(view, holder);
  if (!documents || holder.kind != Holder::Kind::User) return documents;
  const auto groups = groups_of_user(view, holder.id, /*after=*/"", most);
  if (!groups) return groups.error();
  for (const Group& group : *groups) {
    auto more = documents_of(view, group.holder());
    if (!more) return more;
    std::ranges::move(*more, std::back_inserter(*documents));
  }
  return documents;
}

Result<aws::policy::SharedPolicy> parsed(std::string_view document, aws::policy::Kind kind,
                                         std::string_view whose) {
  auto policy = Policy::parse(document, kind);
  if (policy) return *std::move(policy);
  return Fault::broken("a policy of " + std::string(whose) +
                       " cannot be read: " + policy.error().reason);
}

using KnownRoleRef = std::shared_ptr<const KnownRole>;

Result<KnownRoleRef> known(sql::Snapshot& view, const Result<std::optional<Role>>& role) {
  if (!role) return role.error();
  if (!*role) return KnownRoleRef{};
  auto tags = tags_of(view, (*role)->id);
  if (!tags) return tags.error();
  auto trust = parsed((*role)->trust_policy, aws::policy::Kind::Trust, (*role)->id);
  if (!trust) return trust.error();
  return KnownRoleRef(
      std::make_shared<const KnownRole>(KnownRole{**role, *std::move(tags), *std::move(trust)}));
}

}  // namespace

Directory::Directory(sql::Database& database, const keys::Vault& vault, const Clock& clock)
    : database_(database),
      vault_(vault),
      credentials_(most_keys),
      policies_(most_holders),
      boundaries_(most_holders),
      roles_(most_roles),
      sessions_(
          vault, clock, [this](std::string_view role_id) { return role_by_id(role_id); },
          [this](std::string_view id) { return holder_by_id(id); }) {}

// Not kept: sessions of users are few, and this is one row by its key.
Result<std::optional<Caller>> Directory::holder_by_id(std::string_view id) const {
  if (!id.starts_with("AIDA")) return std::optional(root_caller(std::string(id), {}));
  return database_.read([&](sql::Snapshot& view) -> Result<std::optional<Caller>> {
    const auto user = view.one("SELECT account, name, path FROM iam_user WHERE id = $1", id);
    if (!user) return user.error();
    if (!*user) return std::optional<Caller>{};
    auto tags = tags_of(view, id);
    if (!tags) return tags.error();
    return std::optional(user_caller((*user)->text(0), std::string(id), (*user)->text(1),
                                     (*user)->text(2), *std::move(tags)));
  });
}

Result<std::variant<Credential, Absence>> Directory::find(
    std::string_view access_key_id, std::optional<std::string_view> session_token) const {
  using Found = std::variant<Credential, Absence>;
  if (session_token && access_key_id.starts_with(aws::session::key_id_prefix)) {
    return sessions_.find(access_key_id, *session_token);
  }
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

Result<Directory::PolicyListRef> Directory::policies_of(std::string_view user_id) const {
  if (auto known_list = policies_.find(user_id)) return known_list;
  return remembered_policies({Holder::Kind::User, std::string(user_id), {}});
}

Result<Directory::PolicyListRef> Directory::policies_of_role(std::string_view role_id) const {
  if (auto known_list = policies_.find(role_id)) return known_list;
  return remembered_policies({Holder::Kind::Role, std::string(role_id), {}});
}

Result<Directory::PolicyListRef> Directory::remembered_policies(const Holder& holder) const {
  const std::uint64_t age = policies_.age();
  auto read = read_policies(holder);
  if (read) policies_.remember(holder.id, *read, age);
  return read;
}

Result<Directory::PolicyListRef> Directory::read_policies(const Holder& holder) const {
  const auto documents =
      database_.read([&](sql::Snapshot& view) { return all_documents_of(view, holder); });
  if (!documents) return documents.error();
  auto policies = std::make_shared<PolicyList>();
  for (const std::string& document : *documents) {
    auto policy = parsed(document, aws::policy::Kind::Identity, holder.id);
    if (!policy) return policy.error();
    policies->push_back(*std::move(policy));
  }
  return PolicyListRef(std::move(policies));
}

Result<std::shared_ptr<const Directory::Boundary>> Directory::boundary_of(
    std::string_view holder_id) const {
  if (auto known_boundary = boundaries_.find(holder_id)) return known_boundary;
  const std::uint64_t age = boundaries_.age();
  const auto document =
      database_.read([&](sql::Snapshot& view) { return boundary_document(view, holder_id); });
  if (!document) return document.error();
  Boundary boundary;
  if (*document) {
    auto policy = parsed(**document, aws::policy::Kind::Identity, holder_id);
    if (!policy) return policy.error();
    boundary.policy = *std::move(policy);
  }
  auto read = std::make_shared<const Boundary>(std::move(boundary));
  boundaries_.remember(holder_id, read, age);
  return read;
}

Result<Directory::PolicyList> Directory::limits_of(const aws::Session& session,
                                                   std::string_view account) const {
  PolicyList limits;
  if (session.policy != nullptr) limits.push_back(session.policy);
  for (const std::string& arn : session.policy_arns) {
    auto policy = managed_policy(account, arn);
    if (!policy) return policy.error();
    if (*policy != nullptr) limits.push_back(*std::move(policy));
  }
  return limits;
}

Result<aws::policy::SharedPolicy> Directory::managed_policy(std::string_view account,
                                                            const std::string& arn) const {
  if (const auto known_list = policies_.find(arn)) return known_list->front();
  const std::uint64_t age = policies_.age();
  const auto document =
      database_.read([&](sql::Snapshot& view) { return document_in_force(view, account, arn); });
  if (!document) return document.error();
  if (!*document) return aws::policy::SharedPolicy{};
  auto policy = parsed(**document, aws::policy::Kind::Identity, arn);
  if (policy) policies_.remember(arn, std::make_shared<const PolicyList>(1, *policy), age);
  return policy;
}

Result<std::shared_ptr<const KnownRole>> Directory::role_by_id(std::string_view role_id) const {
  if (auto known_role = roles_.find(role_id)) return known_role;
  const std::uint64_t age = roles_.age();
  auto read = database_.read(
      [&](sql::Snapshot& view) { return known(view, find_role_by_id(view, role_id)); });
  if (read && *read != nullptr) roles_.remember(role_id, *read, age);
  return read;
}

Result<std::shared_ptr<const KnownRole>> Directory::role_by_arn(std::string_view arn) const {
  return database_.read(
      [&](sql::Snapshot& view) { return known(view, find_role_by_arn(view, arn)); });
}

Result<bool> Directory::has_policy(std::string_view account, std::string_view arn) const {
  const auto policy =
      database_.read([&](sql::Snapshot& view) { return find_policy(view, account, arn); });
  if (!policy) return policy.error();
  return policy->has_value();
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

void Directory::forget_policies(sql::Transaction& tx, std::string holder_id) {
  if (holder_id.starts_with(group_id_prefix)) return forget_all_policies(tx);
  tx.after_commit([this, id = std::move(holder_id)] {
    policies_.forget(id);
    boundaries_.forget(id);
  });
}

void Directory::forget_all_policies(sql::Transaction& tx) {
  tx.after_commit([this] {
    policies_.forget_all();
    boundaries_.forget_all();
  });
}

void Directory::forget_role(sql::Transaction& tx, std::string role_id) {
  tx.after_commit([this, id = std::move(role_id)] { roles_.forget(id); });
}

}  // namespace everseal::iam
