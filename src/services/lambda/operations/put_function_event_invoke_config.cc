#include "services/lambda/operations/put_function_event_invoke_config.h"

#include "services/lambda/errors.h"
#include "services/lambda/names.h"

namespace everseal::lambda {

aws::Access PutFunctionEventInvokeConfig::access(const Request& request,
                                                 const aws::Call& call) const {
  return on_function(request.function_name, call);
}

Result<PutFunctionEventInvokeConfig::Response, ApiError> PutFunctionEventInvokeConfig::operator()(
    const Request& request, const aws::Call& call) const {
  const auto fine =
      functions.check_destinations(request.function_name, call, request.destination_config);
  if (!fine) return fine.error();
  const auto changed =
      functions.change(request.function_name, call, std::nullopt,
                       [&](sql::Transaction&, Function& function) -> Result<void, ApiError> {
                         function.events = {.retries = request.maximum_retry_attempts,
                                            .age_seconds = request.maximum_event_age_in_seconds,
                                            .configured_at = functions.clock.now()};
                         if (request.destination_config) {
                           shapes::tell(function.events, *request.destination_config);
                         }
                         return {};
                       });
  if (!changed) return changed.error();
  return shapes::shown_events(*changed);
}

}  // namespace everseal::lambda
