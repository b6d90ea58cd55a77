#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/policy/evaluate.h"
#include "result/result.h"

namespace everseal::iam {

// What a resource itself says of who may do what with it.
struct ResourceRules {
  std::string account;                 // whose it is
  aws::policy::SharedPolicy policy{};  // none: only the policies of the callers decide
  // What the policy allows counts for callers of the account and for services only.
  bool only_for_own_account = false;
  std::vector<std::string> open_actions{};     // everybody may, unless a policy denies it
  std::vector<std::string> guarded_actions{};  // nobody may whom the policy does not name
};

// Resources that have a say. Given by the services whose resources they are. Thread-safe.
class ResourceRulesSource {
 public:
  virtual ~ResourceRulesSource() = default;
  // Nothing: the resource is not one of these. Faults: they could not be read; nobody is let in.
  virtual Result<std::optional<ResourceRules>> rules_of(std::string_view resource) const = 0;
};

}  // namespace everseal::iam
