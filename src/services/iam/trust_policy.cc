#include "services/iam/trust_policy.h"

#include <cstdint>
#include <string>

#include "aws/policy/policy.h"
#include "services/iam/errors.h"
#include "services/iam/role_store.h"
#include "services/iam/user_store.h"

namespace everseal::iam {
namespace {

constexpr std::int64_t most_characters = 2048;

std::string_view last_part(std::string_view resource) {
  return resource.substr(resource.rfind('/') + 1);
}

// "assumed-role/renewer/run1" is a session of "renewer".
std::string_view role_name_in(std::string_view resource) {
  const auto begin = resource.find('/') + 1;
  return resource.substr(begin, resource.find('/', begin) - begin);
}

Result<bool> is_there(sql::Snapshot& view, std::string_view account, std::string_view arn) {
  const auto parts = aws::policy::split_arn(arn);
  if (!parts || (*parts)[4] != account) return true;
  const std::string_view resource = (*parts)[5];
  if ((*parts)[2] == "sts") {
    const auto role = find_role(view, account, role_name_in(resource));
    if (!role) return role.error();
    return role->has_value();
  }
  if (resource.starts_with("role/")) {
    const auto role = find_role_by_arn(view, arn);
    if (!role) return role.error();
    return role->has_value();
  }
  const auto user = find_user(view, account, last_part(resource));
  if (!user) return user.error();
  return *user && (*user)->arn() == arn;
}

}  // namespace

Result<aws::policy::SharedPolicy, ApiError> read_trust_policy(std::string_view document) {
  auto parsed = aws::policy::Policy::parse(document, aws::policy::Kind::Trust);
  if (!parsed) return malformed_policy(parsed.error().reason);
  if (aws::policy::counted_size(document) > most_characters) {
    return over_quota("ACLSizePerRole", most_characters);
  }
  return *std::move(parsed);
}

Result<void, ApiError> check_principals(sql::Snapshot& view, std::string_view account,
                                        const aws::policy::Policy& trust) {
  for (const auto& statement : trust.statements()) {
    for (const auto& principal : statement.principals->elements) {
      const auto arn = principal.arn();
      if (!arn) continue;
      const auto found = is_there(view, account, *arn);
      if (!found) return found.error();
      if (!*found) {
        return malformed_policy("Invalid principal in policy: \"AWS\":\"" + std::string(*arn) +
                                "\"");
      }
    }
  }
  return {};
}

}  // namespace everseal::iam
