#include "services/lambda/operations/delete_function_concurrency.h"

#include "services/lambda/errors.h"
#include "services/lambda/names.h"

namespace everseal::lambda {

aws::Access DeleteFunctionConcurrency::access(const Request& request, const aws::Call& call) const {
  return on_function(request.function_name, call);
}

Result<aws::Empty, ApiError> DeleteFunctionConcurrency::operator()(const Request& request,
                                                                   const aws::Call& call) const {
  const auto changed =
      functions.change(request.function_name, call, std::nullopt,
                       [&](sql::Transaction&, Function& function) -> Result<void, ApiError> {
                         function.reserved.reset();
                         return {};
                       });
  if (!changed) return changed.error();
  return aws::Empty{};
}

}  // namespace everseal::lambda
