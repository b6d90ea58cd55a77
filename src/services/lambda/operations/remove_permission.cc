#include "services/lambda/operations/remove_permission.h"

#include <utility>

#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"
#include "services/lambda/resource_policy.h"

namespace everseal::lambda {

aws::Access RemovePermission::access(const Request& request, const aws::Call& call) const {
  return aws::on(resource_of(request.function_name, call));
}

Result<aws::Empty, ApiError> RemovePermission::operator()(const Request& request,
                                                          const aws::Call& call) const {
  const auto changed =
      functions.change(request.function_name, call, request.revision_id,
                       [&](sql::Transaction&, Function& function) -> Result<void, ApiError> {
                         auto policy = without_statement(function.policy, request.statement_id);
                         if (!policy) return policy.error();
                         function.policy = *std::move(policy);
                         return {};
                       });
  if (!changed) return changed.error();
  return aws::Empty{};
}

}  // namespace everseal::lambda
