#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/access.h"
#include "aws/call.h"
#include "aws/endpoint/authorizer.h"
#include "result/result.h"
#include "services/iam/directory.h"
#include "services/iam/resource_rules.h"

namespace everseal::iam {

// Decides by the caller's own policies, which the directory keeps, by those that limit its session,
// and by what the resources say themselves, a role by its trust policy: each resource of the access
// must be allowed. Thread-safe.
class Authorizer final : public aws::endpoint::Authorizer {
 public:
  // `resources` are asked in turn who knows a resource; they outlive this.
  explicit Authorizer(const Directory& directory,
                      std::vector<const ResourceRulesSource*> resources = {})
      : directory_(directory), resources_(std::move(resources)) {}

  Result<std::optional<aws::endpoint::Denial>> authorize(const aws::Call& call,
                                                         std::string_view action,
                                                         const aws::Access& access) const override;

 private:
  Result<std::optional<ResourceRules>> rules_of(std::string_view resource) const;
  Result<std::optional<ResourceRules>> rules_of_role(std::string_view arn) const;
  Result<std::shared_ptr<const Directory::PolicyList>> own_policies(
      const aws::Caller& caller) const;
  Result<std::shared_ptr<const Directory::Boundary>> boundary_of(const aws::Caller& caller) const;
  Result<std::optional<Directory::PolicyList>> limits_of(const aws::Caller& caller) const;

  const Directory& directory_;
  const std::vector<const ResourceRulesSource*> resources_;
};

}  // namespace everseal::iam
