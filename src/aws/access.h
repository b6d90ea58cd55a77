#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "result/result.h"

namespace everseal::aws {

using Tags = std::vector<std::pair<std::string, std::string>>;

// What a request needs the right to: every operation has `Access access(const Request&, const
// Call&) const`. The action is "<service>:<operation>" unless `action` names another.
struct Access {
  std::string action{};                  // empty: the operation's own
  std::vector<std::string> resources{};  // each must be allowed; ARNs or "*"
  // Condition keys of this request beyond the global ones, such as acm-pca:TemplateArn,
  // aws:RequestTag/team or aws:TagKeys, each with its values.
  std::vector<std::pair<std::string, std::vector<std::string>>> context{};
  // Asked only when a policy of the caller looks at aws:ResourceTag.
  std::function<Result<Tags>()> resource_tags{};
  // Why it could not be found out what the request is about: nothing is allowed then.
  std::optional<Fault> fault{};
  // Further rights that the request needs, such as iam:PassRole on the role it hands on; each names
  // its action.
  std::vector<Access> also{};
  bool unrestricted = false;  // needs no permission and cannot be denied: sts:GetCallerIdentity
};

inline Access on(std::string resource) { return {.resources = {std::move(resource)}}; }
// The right to hand a role to a service ("lambda.amazonaws.com") that will act by it.
inline Access passing_role(std::string role_arn, std::string service) {
  return {.action = "iam:PassRole",
          .resources = {std::move(role_arn)},
          .context = {{"iam:PassedToService", {std::move(service)}}}};
}
inline Access on_anything() { return on("*"); }
inline Access unrestricted() { return {.unrestricted = true}; }

}  // namespace everseal::aws
