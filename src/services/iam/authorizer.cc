#include "services/iam/authorizer.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "aws/policy/evaluate.h"
#include "services/iam/policy_store.h"

namespace everseal::iam {
namespace {

using aws::Caller;
using aws::endpoint::Denial;
using aws::policy::Context;
using aws::policy::Decision;
using aws::policy::Policies;

// Whose resource it is, by its ARN. What AWS gives to everybody is as good as one's own.
std::string owner_in(std::string_view resource) {
  const auto parts = aws::policy::split_arn(resource);
  if (!parts || (*parts)[4] == aws_account) return {};
  return std::string((*parts)[4]);
}

bool is_of_account(const Caller& caller, std::string_view account) {
  return caller.kind == Caller::Kind::Service || caller.account == account;
}

bool holds(const std::vector<std::string>& actions, std::string_view action) {
  return std::ranges::find(actions, action) != actions.end();
}

bool is_role(std::string_view resource) {
  return resource.starts_with("arn:aws:iam::") && resource.find(":role/") != resource.npos;
}

std::vector<std::string> assuming() {
  return {"sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"};
}

// Whether what the resource says to everybody, or to other accounts, is not for this caller.
bool is_cut_off(const ResourceRules& rules, const Caller& caller) {
  return rules.only_for_own_account && !is_of_account(caller, rules.account);
}

// Temporary credentials of a user or of root have proven no more than their key did, and AWS keeps
// them off IAM, and off STS but for becoming a role. Handing on a role is no call of IAM.
bool is_kept_off(const Caller& caller, std::string_view action) {
  if (caller.session == nullptr || caller.kind == Caller::Kind::RoleSession) return false;
  if (action.starts_with("iam:")) return action != "iam:PassRole";
  return action.starts_with("sts:") && !holds(assuming(), action);
}

Denial kept_off(const Caller& caller, std::string_view action) {
  return {"User: " + caller.arn + " is not authorized to perform: " + std::string(action) +
          " with temporary credentials that were made without multi-factor authentication"};
}

Result<std::optional<Denial>> decide(const aws::policy::Request& request, Policies policies,
                                     const ResourceRules& rules) {
  policies.resource = rules.policy.get();
  policies.resource_must_allow = holds(rules.guarded_actions, request.action);
  const auto decision = aws::policy::evaluate(request, policies);
  if (!decision) return decision.error();
  const bool denied = decision->outcome == Decision::Outcome::ExplicitlyDenied;
  if (!denied && holds(rules.open_actions, request.action)) return std::optional<Denial>{};
  if (decision->allowed() && !is_cut_off(rules, request.context.caller())) {
    return std::optional<Denial>{};
  }
  return std::optional(Denial{aws::policy::denial_message(request, *decision)});
}

}  // namespace

// The trust policy decides who becomes a role, whatever the policies of the caller say.
Result<std::optional<ResourceRules>> Authorizer::rules_of_role(std::string_view arn) const {
  const auto role = directory_.role_by_arn(arn);
  if (!role) return role.error();
  ResourceRules rules{.account = owner_in(arn), .guarded_actions = assuming()};
  if (*role != nullptr) rules.policy = (*role)->trust;
  return std::optional(std::move(rules));
}

Result<std::optional<ResourceRules>> Authorizer::rules_of(std::string_view resource) const {
  if (is_role(resource)) return rules_of_role(resource);
  for (const auto* source : resources_) {
    auto rules = source->rules_of(resource);
    if (!rules || *rules) return rules;
  }
  return std::optional<ResourceRules>{};
}

Result<std::shared_ptr<const Directory::PolicyList>> Authorizer::own_policies(
    const Caller& caller) const {
  if (caller.kind == Caller::Kind::User) return directory_.policies_of(caller.user_id);
  if (caller.kind == Caller::Kind::RoleSession)
    return directory_.policies_of_role(caller.session->role_id);
  static const auto none = std::make_shared<const Directory::PolicyList>();
  return none;
}

Result<std::shared_ptr<const Directory::Boundary>> Authorizer::boundary_of(
    const Caller& caller) const {
  if (caller.kind == Caller::Kind::User) return directory_.boundary_of(caller.user_id);
  if (caller.kind == Caller::Kind::RoleSession)
    return directory_.boundary_of(caller.session->role_id);
  static const auto none = std::make_shared<const Directory::Boundary>();
  return none;
}

Result<std::optional<Directory::PolicyList>> Authorizer::limits_of(const Caller& caller) const {
  if (caller.session == nullptr || !caller.session->is_limited) {
    return std::optional<Directory::PolicyList>{};
  }
  auto limits = directory_.limits_of(*caller.session, caller.account);
  if (!limits) return limits.error();
  return std::optional(*std::move(limits));
}

Result<std::optional<Denial>> Authorizer::authorize(const aws::Call& call, std::string_view action,
                                                    const aws::Access& access) const {
  if (access.fault) return *access.fault;
  if (is_kept_off(call.caller, action)) return std::optional(kept_off(call.caller, action));
  const auto own = own_policies(call.caller);
  if (!own) return own.error();
  const auto boundary = boundary_of(call.caller);
  if (!boundary) return boundary.error();
  const auto limits = limits_of(call.caller);
  if (!limits) return limits.error();
  const Context context(call, access);
  const Policies policies{
      .identity = **own, .boundary = (*boundary)->policy.get(), .session = *limits};
  static const std::vector<std::string> anything{"*"};
  for (const auto& resource : access.resources.empty() ? anything : access.resources) {
    const auto known = rules_of(resource);
    if (!known) return known.error();
    const auto rules = known->value_or(ResourceRules{.account = owner_in(resource)});
    auto decided = decide({action, resource, context, rules.account}, policies, rules);
    if (!decided || *decided) return decided;
  }
  return std::optional<Denial>{};
}

}  // namespace everseal::iam
