#include "services/iam/authorizer.h"

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
using aws::policy::Policies;

// Whose resource it is. Buckets have no account in their ARN, and what AWS gives to everybody is as
// good as one's own.
std::string_view owner_of(std::string_view resource) {
  const auto parts = aws::policy::split_arn(resource);
  if (!parts || (*parts)[4] == aws_account) return {};
  return (*parts)[4];
}

Result<std::optional<Denial>> decide(std::string_view action, const std::string& resource,
                                     const Context& context, const Policies& policies) {
  const aws::policy::Request request{action, resource, context, owner_of(resource)};
  const auto decision = aws::policy::evaluate(request, policies);
  if (!decision) return decision.error();
  if (decision->allowed()) return std::optional<Denial>{};
  return std::optional(Denial{aws::policy::denial_message(request, *decision)});
}

}  // namespace

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
    auto decided = decide(action, resource, context, policies);
    if (!decided || *decided) return decided;
  }
  return std::optional<Denial>{};
}

}  // namespace everseal::iam
