#include "roles_for_sts.h"

namespace everseal::app {

Result<std::optional<sts::Role>> RolesForSts::find(std::string_view arn) const {
  const auto known = directory_.role_by_arn(arn);
  if (!known) return known.error();
  if (*known == nullptr) return std::optional<sts::Role>{};
  const iam::Role& role = (*known)->role;
  return std::optional(sts::Role{.arn = role.arn(),
                                 .id = role.id,
                                 .account = role.account,
                                 .name = role.name,
                                 .longest_session = role.longest_session,
                                 .trust = (*known)->trust,
                                 .tags = (*known)->tags});
}

Result<bool> RolesForSts::has_policy(std::string_view account, std::string_view arn) const {
  return directory_.has_policy(account, arn);
}

}  // namespace everseal::app
