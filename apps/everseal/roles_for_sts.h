#pragma once

#include "services/iam/directory.h"
#include "services/sts/roles.h"

namespace everseal::app {

// The roles that IAM keeps, as STS wants them.
class RolesForSts final : public sts::Roles {
 public:
  explicit RolesForSts(const iam::Directory& directory) : directory_(directory) {}

  Result<std::optional<sts::Role>> find(std::string_view arn) const override;
  Result<bool> has_policy(std::string_view account, std::string_view arn) const override;

 private:
  const iam::Directory& directory_;
};

}  // namespace everseal::app
