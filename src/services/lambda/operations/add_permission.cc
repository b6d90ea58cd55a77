#include "services/lambda/operations/add_permission.h"

#include <utility>

#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"
#include "services/lambda/resource_policy.h"

namespace everseal::lambda {

aws::Access AddPermission::access(const Request& request, const aws::Call& call) const {
  return aws::on(resource_of(request.function_name, call));
}

Result<AddPermission::Response, ApiError> AddPermission::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  Response response;
  const auto changed = functions.change(
      request.function_name, call, request.revision_id,
      [&](sql::Transaction&, Function& function) -> Result<void, ApiError> {
        response.statement = statement_of({.statement_id = request.statement_id,
                                           .action = request.action,
                                           .principal = request.principal,
                                           .source_arn = request.source_arn,
                                           .source_account = request.source_account},
                                          function.arn);
        auto policy = with_statement(function.policy, response.statement, request.statement_id);
        if (!policy) return policy.error();
        function.policy = *std::move(policy);
        return {};
      });
  if (!changed) return changed.error();
  return response;
}

}  // namespace everseal::lambda
