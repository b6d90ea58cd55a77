#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "aws/access.h"
#include "aws/policy/evaluate.h"
#include "result/result.h"

namespace everseal::sts {

// A role as it is now.
struct Role {
  std::string arn;
  std::string id;  // "AROA..."
  std::string account;
  std::string name;
  std::chrono::seconds longest_session{};
  aws::policy::SharedPolicy trust;
  aws::Tags tags;
};

// Given by whoever keeps roles: IAM. Thread-safe.
class Roles {
 public:
  virtual ~Roles() = default;
  // Nothing: there is no role of that ARN.
  virtual Result<std::optional<Role>> find(std::string_view arn) const = 0;
  // Whether the account, or AWS, has that managed policy.
  virtual Result<bool> has_policy(std::string_view account, std::string_view arn) const = 0;
};

}  // namespace everseal::sts
