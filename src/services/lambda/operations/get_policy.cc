#include "services/lambda/operations/get_policy.h"

#include <utility>

#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"

namespace everseal::lambda {

aws::Access GetPolicy::access(const Request& request, const aws::Call& call) const {
  return aws::on(resource_of(request.function_name, call));
}

Result<GetPolicy::Response, ApiError> GetPolicy::operator()(const Request& request,
                                                            const aws::Call& call) const {
  const auto function = functions.find(request.function_name, call);
  if (!function) return function.error();
  if (!function->policy) return no_policy(function->arn);
  return Response{*function->policy, function->revision_id};
}

}  // namespace everseal::lambda
