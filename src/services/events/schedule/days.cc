#include "services/events/schedule/days.h"

#include <string>

namespace everseal::events::schedule {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;
using std::chrono::year_month_day_last;

constexpr int kSunday = 1;
constexpr int kSaturday = 7;

int day_of_month(const year_month_day& day) {
  return static_cast<int>(static_cast<unsigned>(day.day()));
}

int day_of_week(const sys_days& day) {
  return static_cast<int>(std::chrono::weekday(day).c_encoding()) + kSunday;
}

bool is_weekday(const sys_days& day) {
  const int which = day_of_week(day);
  return which != kSunday && which != kSaturday;
}

sys_days last_of_month(const year_month_day& day) {
  return year_month_day_last(day.year(), std::chrono::month_day_last(day.month()));
}

// Of that day of its month; one that the month has not is nowhere.
sys_days nearest_weekday(const year_month_day& day) {
  const sys_days middle = day;
  if (is_weekday(middle)) return middle;
  const bool is_saturday = day_of_week(middle) == kSaturday;
  if (is_saturday) return day_of_month(day) == 1 ? middle + days(2) : middle - days(1);
  return middle == last_of_month(day) ? middle - days(2) : middle + days(1);
}

sys_days last_weekday(const year_month_day& day) {
  return nearest_weekday(year_month_day(last_of_month(day)));
}

}  // namespace

Result<Days::Rule> Days::parse_of_month(std::string_view text) {
  if (text == "L") return Rule(LastOfMonth{});
  if (text == "LW") return Rule(LastWeekdayOfMonth{});
  if (text.ends_with('W')) {
    const auto day = value_in(text.substr(0, text.size() - 1), kDaysOfMonth);
    if (!day) return not_valid(text);
    return Rule(NearestWeekday{*day});
  }
  const auto values = Values::parse(text, kDaysOfMonth);
  if (!values) return values.error();
  return Rule(OfMonth{*values});
}

Result<Days::Rule> Days::parse_of_week(std::string_view text) {
  if (text == "L") return Rule(OfWeek{*Values::parse("SAT", kDaysOfWeek)});
  if (text.ends_with('L')) {
    const auto day = value_in(text.substr(0, text.size() - 1), kDaysOfWeek);
    if (!day) return not_valid(text);
    return Rule(LastInMonth{*day});
  }
  if (const auto hash = text.find('#'); hash != std::string_view::npos) {
    const auto day = value_in(text.substr(0, hash), kDaysOfWeek);
    const auto nth = value_in(text.substr(hash + 1), Range{1, 5});
    if (!day || !nth) return not_valid(text);
    return Rule(NthInMonth{*day, *nth});
  }
  const auto values = Values::parse(text, kDaysOfWeek);
  if (!values) return values.error();
  return Rule(OfWeek{*values});
}

Result<Days> Days::parse(std::string_view of_month, std::string_view of_week) {
  if ((of_month == "?") == (of_week == "?")) return not_valid("one of the two is to be ?");
  const auto rule = of_week == "?" ? parse_of_month(of_month) : parse_of_week(of_week);
  if (!rule) return rule.error();
  return Days(*rule);
}

struct Days::Looker {
  year_month_day day;
  sys_days date = day;

  bool operator()(const OfMonth& rule) const { return rule.values.contains(day_of_month(day)); }
  bool operator()(const LastOfMonth&) const { return date == last_of_month(day); }
  bool operator()(const LastWeekdayOfMonth&) const { return date == last_weekday(day); }
  bool operator()(const NearestWeekday& rule) const {
    const year_month_day meant{day.year(), day.month(),
                               std::chrono::day(static_cast<unsigned>(rule.day))};
    return meant.ok() && date == nearest_weekday(meant);
  }
  bool operator()(const OfWeek& rule) const { return rule.values.contains(day_of_week(date)); }
  bool operator()(const LastInMonth& rule) const {
    return day_of_week(date) == rule.day_of_week && date + days(7) > last_of_month(day);
  }
  bool operator()(const NthInMonth& rule) const {
    return day_of_week(date) == rule.day_of_week && (day_of_month(day) - 1) / 7 + 1 == rule.nth;
  }
};

bool Days::contains(const year_month_day& day) const { return std::visit(Looker{day}, rule_); }

}  // namespace everseal::events::schedule
