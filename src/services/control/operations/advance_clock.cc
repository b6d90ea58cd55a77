#include "services/control/operations/advance_clock.h"

namespace everseal::control {
namespace {

const TimePoint end_of_time = from_millis(253'402'300'799'000);  // 9999-12-31T23:59:59Z

}  // namespace

Result<AdvanceClock::Response, ApiError> AdvanceClock::operator()(const Request& request) const {
  if (time == nullptr) {
    return ApiError("InvalidStateException", 400,
                    "This server lives by the real clock. Only one that was started with --clock "
                    "virtual can be moved.");
  }
  if (std::chrono::seconds{request.seconds} > end_of_time - time->now()) {
    return ApiError("ValidationException", 400,
                    "Time ends with the year 9999, as it does in certificates.");
  }
  const auto now = time->advance(std::chrono::seconds{request.seconds});
  if (!now) return now.error();
  return Response{*now};
}

}  // namespace everseal::control
