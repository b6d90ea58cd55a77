#include "services/lambda/operations/update_function_event_invoke_config.h"

#include "services/lambda/errors.h"
#include "services/lambda/names.h"

namespace everseal::lambda {

aws::Access UpdateFunctionEventInvokeConfig::access(const Request& request,
                                                    const aws::Call& call) const {
  return on_function(request.function_name, call);
}

Result<UpdateFunctionEventInvokeConfig::Response, ApiError>
UpdateFunctionEventInvokeConfig::operator()(const Request& request, const aws::Call& call) const {
  const auto fine =
      functions.check_destinations(request.function_name, call, request.destination_config);
  if (!fine) return fine.error();
  const auto changed =
      functions.change(request.function_name, call, std::nullopt,
                       [&](sql::Transaction&, Function& function) -> Result<void, ApiError> {
                         auto& events = function.events;
                         if (!events.configured_at) return no_event_config(function.arn);
                         if (request.maximum_retry_attempts)
                           events.retries = request.maximum_retry_attempts;
                         if (request.maximum_event_age_in_seconds) {
                           events.age_seconds = request.maximum_event_age_in_seconds;
                         }
                         if (request.destination_config) {
                           shapes::tell(events, *request.destination_config);
                         }
                         events.configured_at = functions.clock.now();
                         return {};
                       });
  if (!changed) return changed.error();
  return shapes::shown_events(*changed);
}

}  // namespace everseal::lambda
