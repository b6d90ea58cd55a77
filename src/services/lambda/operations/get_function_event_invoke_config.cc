#include "services/lambda/operations/get_function_event_invoke_config.h"

#include "services/lambda/errors.h"
#include "services/lambda/names.h"

namespace everseal::lambda {

aws::Access GetFunctionEventInvokeConfig::access(const Request& request,
                                                 const aws::Call& call) const {
  return on_function(request.function_name, call);
}

Result<GetFunctionEventInvokeConfig::Response, ApiError> GetFunctionEventInvokeConfig::operator()(
    const Request& request, const aws::Call& call) const {
  const auto function = functions.find(request.function_name, call);
  if (!function) return function.error();
  if (!function->events.configured_at) return no_event_config(function->arn);
  return shapes::shown_events(*function);
}

}  // namespace everseal::lambda
