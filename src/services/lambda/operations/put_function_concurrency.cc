#include "services/lambda/operations/put_function_concurrency.h"

#include "services/lambda/errors.h"
#include "services/lambda/names.h"

namespace everseal::lambda {

aws::Access PutFunctionConcurrency::access(const Request& request, const aws::Call& call) const {
  return on_function(request.function_name, call);
}

Result<PutFunctionConcurrency::Response, ApiError> PutFunctionConcurrency::operator()(
    const Request& request, const aws::Call& call) const {
  const auto changed =
      functions.change(request.function_name, call, std::nullopt,
                       [&](sql::Transaction&, Function& function) -> Result<void, ApiError> {
                         function.reserved = request.reserved_concurrent_executions;
                         return {};
                       });
  if (!changed) return changed.error();
  return Response{changed->reserved};
}

}  // namespace everseal::lambda
