#include "services/lambda/operations/get_function_concurrency.h"

#include "services/lambda/errors.h"
#include "services/lambda/names.h"

namespace everseal::lambda {

aws::Access GetFunctionConcurrency::access(const Request& request, const aws::Call& call) const {
  return on_function(request.function_name, call);
}

Result<GetFunctionConcurrency::Response, ApiError> GetFunctionConcurrency::operator()(
    const Request& request, const aws::Call& call) const {
  const auto function = functions.find(request.function_name, call);
  if (!function) return function.error();
  return Response{function->reserved};
}

}  // namespace everseal::lambda
