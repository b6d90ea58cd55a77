#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/call.h"
#include "aws/policy/pattern.h"
#include "result/result.h"

namespace everseal::aws::policy {

// How a policy of a resource names the caller, from the weakest to the strongest.
enum class Naming {
  No,       // it does not
  Account,  // by its account: the account's own policies decide
  Broadly,  // by its role, or as everybody: still cut by its boundary and session
  Directly  // by its own ARN, or as the service it is
};

// One entry of Principal or NotPrincipal. Immutable.
class Principal {
 public:
  // kind "AWS": "*", an account of 12 digits, the ARN of an account's root, user, role or role
  // session, whole. "Service": "lambda.amazonaws.com". "Federated" and "CanonicalUser" are kept and
  // name nobody. Malformed: anything else.
  static Result<Principal, Malformed> parse(std::string_view kind, std::string_view text);

  Naming names(const Caller& caller) const;

  // Of the user, role or role session that it names; nothing: it names somebody else.
  std::optional<std::string_view> arn() const;

 private:
  enum class Kind { Everybody, Account, Arn, Service, Nobody };
  Principal(Kind kind, std::string_view value) : kind_(kind), value_(value) {}

  Kind kind_;
  std::string value_;
};

}  // namespace everseal::aws::policy
