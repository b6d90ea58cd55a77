#include "aws/policy/evaluate.h"

#include <algorithm>

namespace everseal::aws::policy {
namespace {

using Outcome = Decision::Outcome;
using By = Decision::By;

// What policies say that need not name the caller, because they are the caller's own.
enum class Saying { Nothing, Allow, Deny };

void hear(Saying& saying, const Policy& policy, const Question& question) {
  for (const Statement& statement : policy.statements()) {
    const bool is_deny = statement.effect == Effect::Deny;
    if (saying == Saying::Allow && !is_deny) continue;
    if (saying == Saying::Deny) return;
    if (statement.applies(question)) saying = is_deny ? Saying::Deny : Saying::Allow;
  }
}

Saying say(std::span<const SharedPolicy> policies, const Question& question) {
  Saying saying = Saying::Nothing;
  for (const SharedPolicy& policy : policies) hear(saying, *policy, question);
  return saying;
}

struct ResourceSaying {
  bool denies = false;
  Naming allows = Naming::No;
};

ResourceSaying say_of_resource(const Policy& policy, const Question& question) {
  ResourceSaying saying;
  for (const Statement& statement : policy.statements()) {
    const Naming naming = statement.names(question.context.caller());
    if (naming == Naming::No || !statement.applies(question)) continue;
    if (statement.effect == Effect::Deny) saying.denies = true;
    if (statement.effect == Effect::Allow) saying.allows = std::max(saying.allows, naming);
  }
  return saying;
}

// What each kind of policy says. A boundary or session that does not exist allows.
struct Sayings {
  Sayings(const Policies& policies, const Question& question)
      : identity(say(policies.identity, question)) {
    if (policies.session) session = say(*policies.session, question);
    if (policies.boundary != nullptr) {
      boundary = Saying::Nothing;
      hear(boundary, *policies.boundary, question);
    }
    if (policies.resource != nullptr) resource = say_of_resource(*policies.resource, question);
  }

  Saying identity;
  Saying session = Saying::Allow;
  Saying boundary = Saying::Allow;
  ResourceSaying resource;
};

std::optional<By> denier(const Sayings& said) {
  if (said.identity == Saying::Deny) return By::Identity;
  if (said.boundary == Saying::Deny) return By::Boundary;
  if (said.session == Saying::Deny) return By::Session;
  if (said.resource.denies) return By::Resource;
  return std::nullopt;
}

// What cuts off grants that do not name the caller directly.
std::optional<By> limit(const Sayings& said) {
  if (said.boundary != Saying::Allow) return By::Boundary;
  if (said.session != Saying::Allow) return By::Session;
  return std::nullopt;
}

Decision allowed(By by) { return {Outcome::Allowed, by}; }
Decision not_allowed(By by) { return {Outcome::ImplicitlyDenied, by}; }

Decision decide_within_account(const Sayings& said, By own, bool own_allow) {
  if (said.resource.allows == Naming::Directly) return allowed(By::Resource);
  const bool granted = said.resource.allows == Naming::Broadly;
  if (!own_allow && !granted) return not_allowed(By::Identity);
  if (const auto cut = limit(said)) return not_allowed(*cut);
  return allowed(own_allow ? own : By::Resource);
}

Decision decide_across_accounts(const Sayings& said, bool own_allow) {
  if (!own_allow) return not_allowed(By::Identity);
  if (const auto cut = limit(said)) return not_allowed(*cut);
  if (said.resource.allows == Naming::No) return not_allowed(By::Resource);
  return allowed(By::Resource);
}

Decision decide(const Sayings& said, const Caller& caller, std::string_view resource_account,
                bool resource_must_allow) {
  if (const auto by = denier(said)) return {Outcome::ExplicitlyDenied, *by};
  if (resource_must_allow && said.resource.allows == Naming::No) return not_allowed(By::Resource);
  if (caller.kind == Caller::Kind::Service || caller.kind == Caller::Kind::Anonymous) {
    return said.resource.allows == Naming::No ? not_allowed(By::Resource) : allowed(By::Resource);
  }
  const bool is_root = caller.kind == Caller::Kind::Root;
  const bool own_allow = is_root || said.identity == Saying::Allow;
  if (!resource_account.empty() && resource_account != caller.account) {
    return decide_across_accounts(said, own_allow);
  }
  return decide_within_account(said, is_root ? By::Root : By::Identity, own_allow);
}

std::string_view name_of_kind(By by) {
  switch (by) {
    case By::Boundary:
      return "permissions boundary";
    case By::Session:
      return "session policy";
    case By::Resource:
      return "resource-based policy";
    case By::Root:
    case By::Identity:
      return "identity-based policy";
  }
  return {};
}

std::string_view article_of(By by) { return by == By::Identity ? "an " : "a "; }

}  // namespace

Result<Decision> evaluate(const Request& request, const Policies& policies) {
  const Question question(request);
  const Sayings said(policies, question);
  if (request.context.fault()) return *request.context.fault();
  return decide(said, request.context.caller(), request.resource_account,
                policies.resource_must_allow);
}

std::string denial_message(const Request& request, const Decision& decision) {
  const std::string action(request.action);
  const std::string kind(name_of_kind(decision.by));
  const std::string start = "User: " + request.context.caller().arn +
                            " is not authorized to perform: " + action +
                            " on resource: " + std::string(request.resource);
  if (decision.outcome == Outcome::ExplicitlyDenied) {
    return start + " with an explicit deny in " + std::string(article_of(decision.by)) + kind;
  }
  return start + " because no " + kind + " allows the " + action + " action";
}

}  // namespace everseal::aws::policy
