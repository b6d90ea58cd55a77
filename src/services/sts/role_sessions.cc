#include "services/sts/role_sessions.h"

#include <algorithm>
#include <cstddef>

#include "aws/access.h"
#include "aws/call.h"
#include "aws/policy/context.h"
#include "aws/policy/evaluate.h"

namespace everseal::sts {
namespace {

constexpr std::size_t longest_name = 64;

bool is_name_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') ||
         std::string_view("_+=,.@-").find(letter) != std::string_view::npos;
}

std::string fit_for_name(std::string_view wanted) {
  std::string name(wanted.substr(0, longest_name));
  std::ranges::replace_if(name, [](char letter) { return !is_name_letter(letter); }, '-');
  while (name.size() < 2) name += '-';
  return name;
}

aws::Call call_of(const RoleSessions::Actor& actor, TimePoint now) {
  aws::Call call;
  call.caller.kind = aws::Caller::Kind::Service;
  call.caller.arn = actor.service;
  call.received_at = now;
  return call;
}

aws::Access access_of(const RoleSessions::Actor& actor) {
  aws::Access access;
  if (!actor.source_arn.empty()) access.context.push_back({"aws:SourceArn", {actor.source_arn}});
  if (!actor.source_account.empty()) {
    access.context.push_back({"aws:SourceAccount", {actor.source_account}});
  }
  return access;
}

}  // namespace

Result<std::optional<Role>> RoleSessions::trusting_role(const Actor& actor,
                                                        std::string_view role_arn) const {
  auto role = parts_.roles.find(role_arn);
  if (!role || !*role) return role;
  const auto call = call_of(actor, parts_.clock.now());
  auto access = access_of(actor);
  access.resource_tags = [&]() -> Result<aws::Tags> { return (*role)->tags; };
  const aws::policy::Context context(call, access);
  const auto decided = aws::policy::evaluate({"sts:AssumeRole", role_arn, context, {}},
                                             {.resource = (*role)->trust.get()});
  if (!decided) return decided.error();
  if (!decided->allowed()) return std::optional<Role>{};
  return role;
}

Result<bool> RoleSessions::trusts(const Actor& actor, std::string_view role_arn) const {
  const auto role = trusting_role(actor, role_arn);
  if (!role) return role.error();
  return role->has_value();
}

Result<std::optional<aws::session::Credentials>> RoleSessions::issue(
    const Actor& actor, std::string_view role_arn, std::string_view session_name,
    std::chrono::seconds lifetime) const {
  const auto role = trusting_role(actor, role_arn);
  if (!role) return role.error();
  if (!*role) return std::optional<aws::session::Credentials>{};
  const auto now = std::chrono::floor<std::chrono::seconds>(parts_.clock.now());
  auto made =
      aws::session::make_credentials(parts_.vault, parts_.random,
                                     {.holder_id = (*role)->id,
                                      .session_name = fit_for_name(session_name),
                                      .issued_at = now,
                                      .expires_at = now + std::clamp(lifetime, shortest, longest),
                                      .policy = {},
                                      .policy_arns = {},
                                      .tags = {},
                                      .source_identity = {}});
  if (!made) return made.error();
  return std::optional(*std::move(made));
}

}  // namespace everseal::sts
