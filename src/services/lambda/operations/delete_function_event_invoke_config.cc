#include "services/lambda/operations/delete_function_event_invoke_config.h"

#include "services/lambda/errors.h"
#include "services/lambda/names.h"

namespace everseal::lambda {

aws::Access DeleteFunctionEventInvokeConfig::access(const Request& request,
                                                    const aws::Call& call) const {
  return on_function(request.function_name, call);
}

Result<aws::Empty, ApiError> DeleteFunctionEventInvokeConfig::operator()(
    const Request& request, const aws::Call& call) const {
  const auto changed =
      functions.change(request.function_name, call, std::nullopt,
                       [&](sql::Transaction&, Function& function) -> Result<void, ApiError> {
                         if (!function.events.configured_at) return no_event_config(function.arn);
                         function.events = {};
                         return {};
                       });
  if (!changed) return changed.error();
  return aws::Empty{};
}

}  // namespace everseal::lambda
