#include "services/iam/sessions.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "aws/session/credentials.h"
#include "encoding/ascii.h"
#include "services/iam/identifiers.h"

namespace everseal::iam {
namespace {

using aws::Caller;
using aws::policy::Policy;
using aws::session::Grant;
using aws::sigv4::Absence;
using aws::sigv4::Credential;

constexpr std::size_t most_sessions = 4096;

bool is_role_id(std::string_view id) { return id.starts_with("AROA"); }

std::shared_ptr<const aws::Session> session_of(const Grant& grant,
                                               aws::policy::SharedPolicy policy) {
  aws::Session session{.role_id = is_role_id(grant.holder_id) ? grant.holder_id : std::string(),
                       .issued_at = grant.issued_at,
                       .expires_at = grant.expires_at,
                       .is_limited = policy != nullptr || !grant.policy_arns.empty(),
                       .policy = std::move(policy),
                       .policy_arns = grant.policy_arns,
                       .source_identity = grant.source_identity};
  for (const auto& tag : grant.tags) {
    if (tag.is_transitive) session.transitive_tags.push_back(tag.key);
  }
  return std::make_shared<const aws::Session>(std::move(session));
}

// Those of the session count before those of the role; keys are the same in any case.
aws::Tags merged(const std::vector<aws::session::Tag>& own, const aws::Tags& of_role) {
  aws::Tags all;
  for (const auto& tag : own) all.emplace_back(tag.key, tag.value);
  for (const auto& tag : of_role) {
    const bool is_there = std::ranges::any_of(
        own, [&](const auto& each) { return encoding::equal_ignoring_case(each.key, tag.first); });
    if (!is_there) all.push_back(tag);
  }
  return all;
}

}  // namespace

struct Sessions::Opened {
  std::string access_key_id;
  std::string token;
  Grant grant;
  std::shared_ptr<const SecretBytes> secret;
  std::shared_ptr<const aws::Session> session;
};

Sessions::Sessions(const keys::Vault& vault, const Clock& clock, RoleById role_by_id,
                   HolderById holder_by_id)
    : vault_(vault),
      clock_(clock),
      role_by_id_(std::move(role_by_id)),
      holder_by_id_(std::move(holder_by_id)),
      opened_(most_sessions) {}

Result<Sessions::OpenedRef> Sessions::opened(std::string_view access_key_id,
                                             std::string_view token) const {
  auto known = opened_.find(access_key_id);
  if (known != nullptr && known->token == token) return known;
  const auto age = opened_.age();
  auto read = open(access_key_id, token);
  if (read && *read != nullptr) opened_.remember(access_key_id, *read, age);
  return read;
}

Result<Sessions::OpenedRef> Sessions::open(std::string_view access_key_id,
                                           std::string_view token) const {
  auto said = aws::session::open_token(vault_, access_key_id, token);
  if (!said) return OpenedRef{};
  aws::policy::SharedPolicy policy;
  if (said->grant.policy) {
    auto parsed = Policy::parse(*said->grant.policy, aws::policy::Kind::Identity);
    if (!parsed) return Fault::broken("a session policy cannot be read: " + parsed.error().reason);
    policy = *std::move(parsed);
  }
  auto session = session_of(said->grant, std::move(policy));
  return OpenedRef(std::make_shared<const Opened>(
      Opened{.access_key_id = std::string(access_key_id),
             .token = std::string(token),
             .grant = std::move(said->grant),
             .secret = std::make_shared<const SecretBytes>(std::move(said->secret)),
             .session = std::move(session)}));
}

Caller Sessions::caller_of(const Opened& held, const KnownRole& known) {
  const auto& [role, tags, trust] = known;
  return {.kind = Caller::Kind::RoleSession,
          .account = role.account,
          .arn = session_arn(role.account, role.name, held.grant.session_name),
          .principal_arn = role.arn(),
          .user_id = role.id + ":" + held.grant.session_name,
          .user_name = {},
          .access_key_id = held.access_key_id,
          .tags = merged(held.grant.tags, tags),
          .session = held.session};
}

Result<std::optional<Caller>> Sessions::caller_of(const Opened& held) const {
  const auto& id = held.grant.holder_id;
  if (!is_role_id(id)) {
    auto caller = holder_by_id_(id);
    if (!caller || !*caller) return caller;
    (*caller)->access_key_id = held.access_key_id;
    (*caller)->session = held.session;
    return caller;
  }
  const auto role = role_by_id_(id);
  if (!role) return role.error();
  if (*role == nullptr) return std::optional<Caller>{};
  return std::optional(caller_of(held, **role));
}

Result<Sessions::Found> Sessions::find(std::string_view access_key_id,
                                       std::string_view session_token) const {
  const auto held = opened(access_key_id, session_token);
  if (!held) return held.error();
  if (*held == nullptr) return Found(Absence::BadToken);
  const Grant& grant = (*held)->grant;
  if (clock_.now() >= grant.expires_at) return Found(Absence::ExpiredToken);
  auto caller = caller_of(**held);
  if (!caller) return caller.error();
  if (!*caller) return Found(Absence::BadToken);
  return Found(Credential{.secret = (*held)->secret,
                          .version = static_cast<std::uint64_t>(to_millis(grant.issued_at)),
                          .caller = **std::move(caller)});
}

}  // namespace everseal::iam
