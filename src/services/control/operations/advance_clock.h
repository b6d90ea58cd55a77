#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/control/virtual_time.h"

namespace everseal::control {

// AdvanceClock: lets time pass on a server that was started with --clock virtual. When it answers,
// every job that became due on the way has run, in order. Needs everseal:AdvanceClock.
struct AdvanceClock {
  static constexpr std::string_view name = "AdvanceClock";
  struct Request {
    std::int64_t seconds = 0;
    static constexpr std::int64_t hundred_years = 3'155'760'000;
    static constexpr auto fields =
        std::tuple{aws::required("Seconds", &Request::seconds, aws::range(1, hundred_years))};
  };
  struct Response {
    TimePoint now;
    static constexpr auto fields = std::tuple{aws::required("Now", &Response::now)};
  };

  aws::Access access(const Request&, const aws::Call&) const { return aws::on_anything(); }
  // InvalidStateException: this server lives by the real clock. ValidationException: beyond the
  // year 9999.
  Result<Response, ApiError> operator()(const Request& request) const;

  VirtualTime* time;  // none: the clock is the real one
};

}  // namespace everseal::control
