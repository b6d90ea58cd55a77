#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "aws/call.h"
#include "aws/policy/policy.h"
#include "result/result.h"

namespace everseal::aws::policy {

using SharedPolicy = std::shared_ptr<const Policy>;

// Everything that has a say in a request. Borrowed.
struct Policies {
  std::span<const SharedPolicy> identity{};                // of the caller: inline and attached
  const Policy* boundary = nullptr;                        // the most that `identity` may give
  std::optional<std::span<const SharedPolicy>> session{};  // the most that this session may do
  const Policy* resource = nullptr;                        // of the resource
  bool resource_must_allow = false;                        // whatever the others do: a role's trust
};

struct Decision {
  enum class Outcome { Allowed, ExplicitlyDenied, ImplicitlyDenied };
  // Which policies allowed, denied, or failed to allow.
  enum class By { Root, Identity, Boundary, Session, Resource };

  Outcome outcome;
  By by;

  bool allowed() const { return outcome == Outcome::Allowed; }
  friend bool operator==(const Decision&, const Decision&) = default;
};

// The rules of AWS, in this order. A Deny anywhere denies. Root needs no identity policy. What the
// identity policies allow is cut by session and boundary. Within an account that or the resource's
// policy is enough, and one that names the caller directly is not cut; between accounts both must
// allow. Services and anonymous callers have no identity policies: the resource's policy must name
// them, and only everybody names who is anonymous.
// Fails if the tags of the resource are asked for and cannot be read.
Result<Decision> evaluate(const Request& request, const Policies& policies);

// "User: <arn> is not authorized to perform: <action> on resource: <resource> because no
// identity-based policy allows the <action> action", or "... with an explicit deny in ...".
std::string denial_message(const Request& request, const Decision& decision);

}  // namespace everseal::aws::policy
