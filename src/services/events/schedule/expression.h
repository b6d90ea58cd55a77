#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <variant>

#include "clock/clock.h"
#include "result/result.h"
#include "services/events/schedule/cron.h"

namespace everseal::events::schedule {

// The ScheduleExpression of a rule: "rate(5 minutes)" or "cron(0 10 * * ? *)". Immutable.
class Expression {
 public:
  // A rate has one blank, a whole number from 1 on, and minute, hour or day, in the plural exactly
  // if the number is not 1. Malformed: anything else.
  static Result<Expression> parse(std::string_view text);

  // The first planned minute of a rule that is switched on at that moment; a rate's first period
  // begins with its minute. Nothing: there is none any more.
  std::optional<TimePoint> first_after(TimePoint start) const;

  // The planned minute that follows after `planned`, and is not over at `now`: those that were
  // missed are left out.
  std::optional<TimePoint> next_after(TimePoint planned, TimePoint now) const;

 private:
  using Period = std::chrono::minutes;
  explicit Expression(Period period) : form_(period) {}
  explicit Expression(Cron cron) : form_(cron) {}
  static Result<Expression> parse_rate(std::string_view text);

  std::variant<Period, Cron> form_;
};

}  // namespace everseal::events::schedule
