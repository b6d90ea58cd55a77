#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "aws/session/credentials.h"
#include "clock/clock.h"
#include "keys/vault.h"
#include "random/random.h"
#include "result/result.h"
#include "services/sts/roles.h"

namespace everseal::sts {

// Lets services act by roles that trust them, as Lambda does for its functions:
//
//   const RoleSessions sessions({.roles = roles, .vault = vault, .random = random, .clock =
//   clock}); const auto made = sessions.issue({.service = "lambda.amazonaws.com"},
//                                    "arn:aws:iam::111122223333:role/renewer", "renew-function",
//                                    std::chrono::hours(1));
//   if (!made) return made.error();            // the role could not be read
//   if (!*made) return role_cannot_be_assumed();
//   environment.set("AWS_SESSION_TOKEN", (*made)->session_token);
//
// The credentials are stored nowhere, cost no write, and end by themselves: at their time on the
// domain's clock, or when the role is deleted. What they may do is what the role's policies say at
// each request. Whoever takes a role from a caller also asks for aws::passing_role() in the access
// of the operation. Thread-safe.
class RoleSessions {
 public:
  struct Parts {
    const Roles& roles;
    const keys::Vault& vault;
    Random& random;
    const Clock& clock;
  };
  // Who wants to act, and for what: trust policies may ask for the latter.
  struct Actor {
    std::string service;           // "lambda.amazonaws.com"
    std::string source_arn{};      // aws:SourceArn: the function
    std::string source_account{};  // aws:SourceAccount: whose it is
  };
  static constexpr std::chrono::seconds shortest{900};
  static constexpr std::chrono::seconds longest{43200};

  explicit RoleSessions(const Parts& parts) : parts_(parts) {}

  // Whether there is such a role, and it lets the service become it.
  Result<bool> trusts(const Actor& actor, std::string_view role_arn) const;

  // Nothing: there is no such role, or it does not trust the service. A lifetime below `shortest`
  // or above `longest` is cut to it; the longest session of the role is for people. The name of the
  // session, which GetCallerIdentity and the request log show, has 2 to 64 of A-Z, a-z, 0-9 and
  // _+=,.@-: others become "-", what is too long is cut.
  Result<std::optional<aws::session::Credentials>> issue(const Actor& actor,
                                                         std::string_view role_arn,
                                                         std::string_view session_name,
                                                         std::chrono::seconds lifetime) const;

 private:
  Result<std::optional<Role>> trusting_role(const Actor& actor, std::string_view role_arn) const;

  const Parts parts_;
};

}  // namespace everseal::sts
