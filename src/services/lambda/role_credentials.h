#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "result/result.h"
#include "secret/secret.h"

namespace everseal::lambda {

// Short-lived credentials of execution roles. Given by whoever keeps roles. Thread-safe.
class RoleCredentials {
 public:
  struct Credentials {
    std::string access_key_id;
    SecretBytes secret_access_key;
    std::string session_token;
    TimePoint expires;  // by the clock of those who check them
  };

  // Who assumes the role, as trust policies see it.
  struct Actor {
    std::string_view service;       // "lambda.amazonaws.com"
    std::string_view function_arn;  // aws:SourceArn; its account is aws:SourceAccount
  };

  virtual ~RoleCredentials() = default;
  // Whether the role is there and trusts the actor.
  virtual Result<bool> can_assume(std::string_view role_arn, const Actor& actor) = 0;
  // Nothing: it cannot be assumed (any more).
  virtual Result<std::optional<Credentials>> issue(std::string_view role_arn,
                                                   std::string_view session_name,
                                                   const Actor& actor,
                                                   std::chrono::seconds lifetime) = 0;
};

}  // namespace everseal::lambda
