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

bool is_open(const ResourceRules& rules, std::string_view action) {
  return std::ranges::find(rules.open_actions, action) != rules.open_actions.end();
}

// Whether what the resource says to everybody, or to other accounts, is not for this caller.
bool is_cut_off(const ResourceRules& rules, const Caller& caller) {
  return rules.only_for_own_account && !is_of_account(caller, rules.account);
}

Result<std::optional<Denial>> decide(const aws::policy::Request& request, Policies policies,
                                     const ResourceRules& rules) {
  policies.resource = rules.policy.get();
  const auto decision = aws::policy::evaluate(request, policies);
  if (!decision) return decision.error();
  const bool denied = decision->outcome == Decision::Outcome::ExplicitlyDenied;
  if (!denied && is_open(rules, request.action)) return std::optional<Denial>{};
  if (decision->allowed() && !is_cut_off(rules, request.context.caller())) {
    return std::optional<Denial>{};
  }
  return std::optional(Denial{aws::policy::denial_message(request, *decision)});
}

}  // namespace

Result<std::optional<ResourceRules>> Authorizer::rules_of(std::string_view resource) const {
  for (const auto* source : resources_) {
    auto rules = source->rules_of(resource);
    if (!rules || *rules) return rules;
  }
  return std::optional<ResourceRules>{};
}

Result<std::optional<Denial>> Authorizer::authorize(const aws::Call& call, std::string_view action,
                                                    const aws::Access& access) const {
  if (access.fault) return *access.fault;
  static const auto none = std::make_shared<const Directory::PolicyList>();
  auto own = none;
  if (call.caller.kind == Caller::Kind::User) {
    auto found = directory_.policies_of(call.caller.user_id);
    if (!found) return found.error();
    own = *std::move(found);
  }
  const Context context(call, access);
  const Policies policies{.identity = *own};
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
