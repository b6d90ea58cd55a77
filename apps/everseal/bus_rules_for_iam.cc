#include "bus_rules_for_iam.h"

#include <utility>

#include "services/events/bus_policy.h"

namespace everseal::app {

Result<std::optional<iam::ResourceRules>> BusRulesForIam::rules_of(
    std::string_view resource) const {
  auto said = events::said_by_bus(database_, resource);
  if (!said) return said.error();
  std::optional<iam::ResourceRules> rules;
  if (*said) {
    rules = iam::ResourceRules{.account = std::move((*said)->account),
                               .policy = std::move((*said)->policy)};
  }
  return rules;
}

}  // namespace everseal::app
