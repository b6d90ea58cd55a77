#include "bucket_rules_for_iam.h"

#include <utility>

#include "services/s3/said_by_bucket.h"

namespace everseal::app {

Result<std::optional<iam::ResourceRules>> BucketRulesForIam::rules_of(
    std::string_view resource) const {
  auto said = s3::said_by_bucket(database_, resource);
  if (!said) return said.error();
  if (!*said) return std::optional<iam::ResourceRules>();
  iam::ResourceRules rules{.account = std::move((*said)->account),
                           .policy = std::move((*said)->policy),
                           .only_for_own_account = (*said)->only_for_own_account,
                           .open_actions = std::move((*said)->open_actions)};
  return std::optional(std::move(rules));
}

}  // namespace everseal::app
