#include "services/lambda/operations/remove_permission.h"

#include <optional>
#include <string>
#include <utility>

#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"
#include "services/lambda/resource_policy.h"
#include "services/lambda/version_store.h"

namespace everseal::lambda {

aws::Access RemovePermission::access(const Request& request, const aws::Call& call) const {
  auto access = on_function(request.function_name, call, request.qualifier);
  const auto named =
      FunctionName::parse(request.function_name, call, request.qualifier.value_or(""));
  if (!named) return access;
  const auto principal =
      functions.database.read([&](sql::Snapshot& view) -> Result<std::optional<std::string>> {
        const auto policy = policy_of(view, named->arn(), named->qualifier);
        if (!policy) return policy.error();
        return principal_in(*policy, request.statement_id);
      });
  if (!principal) {
    access.fault = principal.error();
  } else if (*principal) {
    access.context.push_back({"lambda:Principal", {**principal}});
  }
  return access;
}

Result<aws::Empty, ApiError> RemovePermission::operator()(const Request& request,
                                                          const aws::Call& call) const {
  const auto changed =
      functions.change_policy(request.function_name, request.qualifier, request.revision_id, call,
                              [&](const std::optional<std::string>& policy, const std::string&) {
                                return without_statement(policy, request.statement_id);
                              });
  if (!changed) return changed.error();
  return aws::Empty{};
}

}  // namespace everseal::lambda
