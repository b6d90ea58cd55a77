#include "services/sts/operations/assume_role.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>

#include "aws/arn.h"
#include "aws/policy/policy.h"
#include "aws/session/credentials.h"
#include "aws/tag_keys.h"
#include "services/sts/errors.h"

namespace everseal::sts {
namespace {

using aws::Caller;
using aws::session::Grant;
using Request = AssumeRole::Request;

constexpr std::int64_t usual_seconds = 3600;
constexpr std::int64_t longest_chained_seconds = 3600;
constexpr std::size_t most_packed_octets = 8192;

Result<void, ApiError> check_known(const Request& request) {
  if (request.serial_number || request.token_code)
    return unsupported("Multi-factor authentication");
  if (!request.provided_contexts.empty()) return unsupported("ProvidedContexts");
  return {};
}

Result<void, ApiError> check_duration(std::int64_t seconds, const Role& role,
                                      const Caller& caller) {
  if (caller.kind == Caller::Kind::RoleSession && seconds > longest_chained_seconds) {
    return longer_than_chaining_allows();
  }
  if (std::chrono::seconds(seconds) > role.longest_session) return longer_than_role_allows();
  return {};
}

// What the session of the caller hands on.
std::vector<aws::session::Tag> inherited_tags(const Caller& caller) {
  std::vector<aws::session::Tag> tags;
  if (caller.session == nullptr) return tags;
  for (const auto& key : caller.session->transitive_tags) {
    const auto found =
        std::ranges::find(caller.tags, key, [](const auto& tag) { return tag.first; });
    if (found != caller.tags.end()) tags.push_back({key, found->second, /*is_transitive=*/true});
  }
  return tags;
}

Result<void, ApiError> check_transitive_keys(const Request& request) {
  for (const auto& key : request.transitive_tag_keys) {
    if (std::ranges::find(request.tags, key, &AssumeRole::Tag::key) == request.tags.end()) {
      return transitive_tag_missing(key);
    }
  }
  return {};
}

Result<std::vector<aws::session::Tag>, ApiError> tags_of(const Request& request,
                                                         const Caller& caller) {
  const auto all_there = check_transitive_keys(request);
  if (!all_there) return all_there.error();
  auto tags = inherited_tags(caller);
  aws::TagKeys inherited, own;
  for (const auto& tag : tags) inherited.add(tag.key);
  for (const auto& [key, value] : request.tags) {
    if (!own.add(key)) return duplicate_tags();
    if (!inherited.add(key)) return tag_is_inherited(key);
    const bool is_transitive =
        std::ranges::find(request.transitive_tag_keys, key) != request.transitive_tag_keys.end();
    tags.push_back({key, value, is_transitive});
  }
  return tags;
}

Result<void, ApiError> check_session_policy(const Request& request) {
  if (!request.policy) return {};
  const auto parsed = aws::policy::Policy::parse(*request.policy, aws::policy::Kind::Identity);
  if (!parsed) return malformed_policy(parsed.error().reason);
  return {};
}

Result<std::vector<std::string>, ApiError> policy_arns_of(const Request& request, const Role& role,
                                                          const Roles& roles) {
  std::vector<std::string> arns;
  for (const auto& descriptor : request.policy_arns) {
    if (!descriptor.arn) continue;
    const auto found = roles.has_policy(role.account, *descriptor.arn);
    if (!found) return found.error();
    if (!*found) return no_such_policy(*descriptor.arn);
    arns.push_back(*descriptor.arn);
  }
  return arns;
}

std::size_t packed_octets(const Grant& grant) {
  std::size_t octets = grant.policy ? grant.policy->size() : 0;
  for (const auto& arn : grant.policy_arns) octets += arn.size();
  for (const auto& tag : grant.tags) octets += tag.key.size() + tag.value.size();
  return octets;
}

// Nothing where there is nothing to pack; of something at least 1 percent.
std::optional<std::int64_t> packed_percent(const Grant& grant) {
  const auto octets = packed_octets(grant);
  if (octets == 0) return std::nullopt;
  return static_cast<std::int64_t>((octets * 100 + most_packed_octets - 1) / most_packed_octets);
}

std::string source_identity_of(const Request& request, const Caller& caller) {
  if (request.source_identity) return *request.source_identity;
  return caller.session != nullptr ? caller.session->source_identity : std::string();
}

Result<Grant, ApiError> granted(const Request& request, const Caller& caller, const Role& role,
                                const Roles& roles, TimePoint now) {
  const std::int64_t seconds = request.duration_seconds.value_or(usual_seconds);
  if (const auto fine = check_duration(seconds, role, caller); !fine) return fine.error();
  if (const auto fine = check_session_policy(request); !fine) return fine.error();
  auto arns = policy_arns_of(request, role, roles);
  if (!arns) return arns.error();
  auto tags = tags_of(request, caller);
  if (!tags) return tags.error();
  const auto begin = std::chrono::floor<std::chrono::seconds>(now);
  Grant grant{.holder_id = role.id,
              .session_name = request.role_session_name,
              .issued_at = begin,
              .expires_at = begin + std::chrono::seconds(seconds),
              .policy = request.policy,
              .policy_arns = *std::move(arns),
              .tags = *std::move(tags),
              .source_identity = source_identity_of(request, caller)};
  if (packed_octets(grant) > most_packed_octets) return packed_policy_too_large();
  return grant;
}

AssumeRole::Response response_of(const Role& role, const Grant& grant,
                                 const aws::session::Credentials& made) {
  AssumeRole::Response response{
      .credentials = {made.access_key_id, std::string(made.secret.reveal_text()),
                      made.session_token, made.expires_at},
      .assumed_role_user = {role.id + ":" + grant.session_name,
                            Arn("sts", "", role.account,
                                "assumed-role/" + role.name + "/" + grant.session_name)
                                .text()},
      .packed_policy_size = packed_percent(grant),
      .source_identity = {}};
  if (!grant.source_identity.empty()) response.source_identity = grant.source_identity;
  return response;
}

void add_tags(aws::Access& access, const Request& request) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : request.tags) {
    access.context.push_back({"aws:RequestTag/" + key, {value}});
    keys.push_back(key);
  }
  if (!keys.empty()) access.context.push_back({"aws:TagKeys", std::move(keys)});
  if (!request.transitive_tag_keys.empty()) {
    access.context.push_back({"sts:TransitiveTagKeys", request.transitive_tag_keys});
  }
}

aws::Access also(aws::Access access, std::string action) {
  access.action = std::move(action);
  return access;
}

}  // namespace

aws::Access AssumeRole::access(const Request& request, const aws::Call& call) const {
  aws::Access access = aws::on(request.role_arn);
  access.context.push_back({"sts:RoleSessionName", {request.role_session_name}});
  if (request.external_id) access.context.push_back({"sts:ExternalId", {*request.external_id}});
  if (request.source_identity) {
    access.context.push_back({"sts:SourceIdentity", {*request.source_identity}});
  }
  add_tags(access, request);
  access.resource_tags = [this, arn = request.role_arn]() -> Result<aws::Tags> {
    const auto role = roles.find(arn);
    if (!role) return role.error();
    return *role ? (*role)->tags : aws::Tags{};
  };
  const aws::Access same = access;
  if (!request.tags.empty() || !inherited_tags(call.caller).empty()) {
    access.also.push_back(also(same, "sts:TagSession"));
  }
  if (!source_identity_of(request, call.caller).empty()) {
    access.also.push_back(also(same, "sts:SetSourceIdentity"));
  }
  return access;
}

Result<AssumeRole::Response, ApiError> AssumeRole::operator()(const Request& request,
                                                              const aws::Call& call) const {
  if (const auto known = check_known(request); !known) return known.error();
  if (call.caller.kind == Caller::Kind::Root) return root_assumes_nothing();
  const auto role = roles.find(request.role_arn);
  if (!role) return role.error();
  if (!*role) return may_not_assume(call.caller, request.role_arn);
  const auto grant = granted(request, call.caller, **role, roles, clock.now());
  if (!grant) return grant.error();
  const auto made = aws::session::make_credentials(vault, random, *grant);
  if (!made) return made.error();
  return response_of(**role, *grant, *made);
}

}  // namespace everseal::sts
