#include "services/lambda/operations/get_policy.h"

#include <utility>

#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"
#include "services/lambda/version_store.h"

namespace everseal::lambda {

aws::Access GetPolicy::access(const Request& request, const aws::Call& call) const {
  return on_function(request.function_name, call, request.qualifier);
}

Result<GetPolicy::Response, ApiError> GetPolicy::operator()(const Request& request,
                                                            const aws::Call& call) const {
  const auto function = functions.find(request.function_name, call, request.qualifier.value_or(""));
  if (!function) return function.error();
  return functions.database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    auto policy = policy_of(view, function->arn, function->qualifier);
    if (!policy) return policy.error();
    if (!*policy) return no_policy(function->invoked_arn());
    auto revision = revision_of(view, *function);
    if (!revision) return revision.error();
    return Response{**std::move(policy), *std::move(revision)};
  });
}

}  // namespace everseal::lambda
