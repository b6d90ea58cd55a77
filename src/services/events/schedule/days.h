#pragma once

#include <chrono>
#include <string_view>
#include <variant>

#include "result/result.h"
#include "services/events/schedule/values.h"

namespace everseal::events::schedule {

// On which days a cron expression holds, by its fields for days of the month and of the week, of
// which one is "?" and the other is not. Besides values these may be: for the month "L", its last
// day, "15W", the weekday that is nearest to the 15th and of the same month, and "LW", the last
// weekday; for the week "L", its last day, "5L", the last Thursday of the month, and "5#2", the
// second one. Each stands alone. Immutable.
class Days {
 public:
  static Result<Days> parse(std::string_view of_month, std::string_view of_week);

  bool contains(const std::chrono::year_month_day& day) const;

 private:
  struct OfMonth {
    Values values;
  };
  struct LastOfMonth {};
  struct LastWeekdayOfMonth {};
  struct NearestWeekday {
    int day;
  };
  struct OfWeek {
    Values values;
  };
  struct LastInMonth {
    int day_of_week;
  };
  struct NthInMonth {
    int day_of_week;
    int nth;
  };
  using Rule = std::variant<OfMonth, LastOfMonth, LastWeekdayOfMonth, NearestWeekday, OfWeek,
                            LastInMonth, NthInMonth>;
  struct Looker;

  explicit Days(Rule rule) : rule_(rule) {}
  static Result<Rule> parse_of_month(std::string_view text);
  static Result<Rule> parse_of_week(std::string_view text);

  Rule rule_;
};

}  // namespace everseal::events::schedule
