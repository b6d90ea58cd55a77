#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "clock/clock.h"

namespace everseal::aws {

namespace policy {
class Policy;
}

// Temporary credentials, beyond whose they are.
struct Session {
  std::string role_id{};  // "AROA..."
  TimePoint issued_at{};
  TimePoint expires_at{};
  // A limited one may no more than its own policy and these managed ones allow together.
  bool is_limited = false;
  std::shared_ptr<const policy::Policy> policy{};
  std::vector<std::string> policy_arns{};
  std::vector<std::string> transitive_tags{};  // keys: sessions made from it have these tags too
  std::string source_identity{};
};

// Who signed a request; nobody, if Anonymous: then it has no account, and the rest is "anonymous".
struct Caller {
  enum class Kind { Root, User, RoleSession, Service, Anonymous };
  Kind kind = Kind::Root;
  std::string account;        // "111122223333"
  std::string arn;            // "arn:aws:iam::111122223333:user/ops"
  std::string principal_arn;  // the same; of a role session the role's (aws:PrincipalArn)
  std::string user_id;        // "AIDA...", the account number for root
  std::string user_name;      // empty for root
  std::string access_key_id;
  std::vector<std::pair<std::string, std::string>> tags;
  std::shared_ptr<const Session> session{};  // of temporary credentials only
};

// One request whose sender is known, as an operation sees it.
struct Call {
  Caller caller;
  std::string region;      // of the signature's scope: resources are made and looked for here
  std::string request_id;  // "6f6c1a9e-0000-4000-8000-000000000001"
  TimePoint received_at;
  std::string source_ip;
  std::string user_agent;
  bool secure_transport = false;
};

}  // namespace everseal::aws
