#include "services/control/operations/advance_clock.h"

namespace everseal::control {

Result<AdvanceClock::Response, ApiError> AdvanceClock::operator()(const Request& request) const {
  if (time == nullptr) {
    return ApiError("InvalidStateException", 400,
                    "This server lives by the real clock. Only one that was started with --clock "
                    "virtual can be moved.");
  }
  const auto now = time->advance(std::chrono::seconds{request.seconds});
  if (!now) return now.error();
  return Response{*now};
}

}  // namespace everseal::control
