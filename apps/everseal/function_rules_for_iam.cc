#include "function_rules_for_iam.h"

#include <utility>

#include "services/lambda/said_by_function.h"

namespace everseal::app {

Result<std::optional<iam::ResourceRules>> FunctionRulesForIam::rules_of(
    std::string_view resource) const {
  auto said = lambda::said_by_function(database_, resource);
  if (!said) return said.error();
  if (!*said) return std::optional<iam::ResourceRules>();
  return std::optional(iam::ResourceRules{.account = std::move((*said)->account),
                                          .policy = std::move((*said)->policy)});
}

}  // namespace everseal::app
