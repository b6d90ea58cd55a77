#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "clock/clock.h"
#include "result/result.h"
#include "services/events/schedule/days.h"
#include "services/events/schedule/values.h"

namespace everseal::events::schedule {

// Minutes of UTC, by six fields: minutes, hours, day of the month, month, day of the week, year.
// Immutable.
class Cron {
 public:
  // What stands between the parentheses: "0 10 * * ? *". Malformed: anything else.
  static Result<Cron> parse(std::string_view fields);

  // The first minute after that moment; nothing: there is none until the end of 2199.
  std::optional<TimePoint> next_after(TimePoint time) const;

 private:
  Cron(Values minutes, Values hours, Days days, Values months, Values years)
      : minutes_(minutes), hours_(hours), days_(days), months_(months), years_(years) {}
  std::optional<std::chrono::minutes> time_of_day(std::chrono::minutes from) const;

  Values minutes_;
  Values hours_;
  Days days_;
  Values months_;
  Values years_;
};

}  // namespace everseal::events::schedule
