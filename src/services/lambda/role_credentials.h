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
    TimePoint expires;  // the wall's
  };

  virtual ~RoleCredentials() = default;
  // Whether the role is there and trusts the service: "lambda.amazonaws.com".
  virtual Result<bool> can_assume(std::string_view role_arn, std::string_view service) = 0;
  // Nothing: it cannot be assumed (any more).
  virtual Result<std::optional<Credentials>> issue(std::string_view role_arn,
                                                   std::string_view session_name,
                                                   std::string_view service,
                                                   std::chrono::seconds lifetime) = 0;
};

}  // namespace everseal::lambda
