#include "services/lambda/operations/add_permission.h"

#include <utility>

#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"
#include "services/lambda/resource_policy.h"

namespace everseal::lambda {

aws::Access AddPermission::access(const Request& request, const aws::Call& call) const {
  auto access = on_function(request.function_name, call, request.qualifier);
  access.context.push_back({"lambda:Principal", {request.principal}});
  return access;
}

Result<AddPermission::Response, ApiError> AddPermission::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  Response response;
  const auto changed = functions.change_policy(
      request.function_name, request.qualifier, request.revision_id, call,
      [&](const std::optional<std::string>& policy,
          const std::string& resource) -> Result<std::optional<std::string>, ApiError> {
        response.statement = statement_of({.statement_id = request.statement_id,
                                           .action = request.action,
                                           .principal = request.principal,
                                           .source_arn = request.source_arn,
                                           .source_account = request.source_account,
                                           .principal_org_id = request.principal_org_id},
                                          resource);
        auto added = with_statement(policy, response.statement, request.statement_id);
        if (!added) return added.error();
        return std::optional(*std::move(added));
      });
  if (!changed) return changed.error();
  return response;
}

}  // namespace everseal::lambda
