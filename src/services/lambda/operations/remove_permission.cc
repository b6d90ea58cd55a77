#include "services/lambda/operations/remove_permission.h"

#include <utility>

#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"
#include "services/lambda/resource_policy.h"

namespace everseal::lambda {

aws::Access RemovePermission::access(const Request& request, const aws::Call& call) const {
  return aws::on(resource_of(request.function_name, call, request.qualifier));
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
