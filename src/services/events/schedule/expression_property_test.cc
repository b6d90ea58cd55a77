#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <ctime>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/events/schedule/expression.h"

namespace everseal::events::schedule {
namespace {

constexpr int kMinutesLookedAt = 32 * 1440;

// A field as it is written, and what it means: the oracle shares no code with the parser, and takes
// the calendar from the C library.
struct Field {
  std::string text;
  std::set<int> values;
};
using DayTest = std::function<bool(const std::tm&)>;
struct DayFields {
  std::string of_month;
  std::string of_week;
  DayTest holds;
};

int any_of(int first, int last) { return *rc::gen::inRange(first, last + 1); }
bool once_in(int times) { return any_of(1, times) == 1; }

Field one_element(int first, int last, bool has_increments) {
  const int from = any_of(first, last);
  const int to = any_of(from, last);
  const int by = has_increments ? any_of(1, 7) : 1;
  Field field;
  const auto fill = [&](int start, int end, int step) {
    for (int value = start; value <= end; value += step) field.values.insert(value);
  };
  const auto start = std::to_string(from);
  const auto suffix = "/" + std::to_string(by);
  switch (any_of(0, has_increments ? 4 : 1)) {
    case 0:
      fill(from, from, 1);
      field.text = start;
      break;
    case 1:
      fill(from, to, 1);
      field.text = start + "-" + std::to_string(to);
      break;
    case 2:
      fill(from, to, by);
      field.text = start + "-" + std::to_string(to) + suffix;
      break;
    case 3:
      fill(from, last, by);
      field.text = start + suffix;
      break;
    default:
      fill(first, last, by);
      field.text = "*" + suffix;
  }
  return field;
}

Field every(int first, int last) {
  Field all{"*", {}};
  for (int value = first; value <= last; ++value) all.values.insert(value);
  return all;
}

Field any_field(int first, int last, bool has_increments = true) {
  if (once_in(3)) return every(first, last);
  Field all;
  for (int left = any_of(1, 3); left > 0; --left) {
    const auto element = one_element(first, last, has_increments);
    all.values.insert(element.values.begin(), element.values.end());
    all.text += (all.text.empty() ? "" : ",") + element.text;
  }
  return all;
}

std::time_t day_later(const std::tm& day, int days) {
  auto copy = day;
  copy.tm_mday += days;
  return timegm(&copy);
}

bool is_last_of_month(const std::tm& day) {
  const auto tomorrow = day_later(day, 1);
  std::tm next{};
  gmtime_r(&tomorrow, &next);
  return next.tm_mon != day.tm_mon;
}

bool is_weekend(int year, int month, int day) {
  std::tm date{};
  date.tm_year = year;
  date.tm_mon = month;
  date.tm_mday = day;
  timegm(&date);
  return date.tm_wday == 0 || date.tm_wday == 6;
}

int days_in_month(const std::tm& day) {
  int count = 28;
  for (; count < 31; ++count) {
    std::tm date{};
    date.tm_year = day.tm_year;
    date.tm_mon = day.tm_mon;
    date.tm_mday = count + 1;
    timegm(&date);
    if (date.tm_mon != day.tm_mon) break;
  }
  return count;
}

// The weekday of the month that is nearest to that day of it.
int nearest_weekday(const std::tm& in_month, int day) {
  const int last = days_in_month(in_month);
  for (const int away : {0, -1, 1, -2, 2}) {
    const int candidate = day + away;
    if (candidate >= 1 && candidate <= last &&
        !is_weekend(in_month.tm_year, in_month.tm_mon, candidate))
      return candidate;
  }
  return 0;
}

DayFields by_values(bool of_month) {
  const auto field = of_month ? any_field(1, 31) : any_field(1, 7, /*has_increments=*/false);
  if (of_month)
    return {field.text, "?",
            [=](const std::tm& day) { return field.values.contains(day.tm_mday); }};
  return {"?", field.text,
          [=](const std::tm& day) { return field.values.contains(day.tm_wday + 1); }};
}

DayFields any_days() {
  const int day = any_of(1, 31);
  const int weekday = any_of(1, 7);
  const int nth = any_of(1, 5);
  switch (any_of(0, 7)) {
    case 0:
      return {"L", "?", is_last_of_month};
    case 1:
      return {"LW", "?", [](const std::tm& at) {
                return at.tm_mday == nearest_weekday(at, days_in_month(at));
              }};
    case 2:
      return {std::to_string(day) + "W", "?", [=](const std::tm& at) {
                return day <= days_in_month(at) && at.tm_mday == nearest_weekday(at, day);
              }};
    case 3:
      return {"?", std::to_string(weekday) + "L", [=](const std::tm& at) {
                return at.tm_wday + 1 == weekday && at.tm_mday + 7 > days_in_month(at);
              }};
    case 4:
      return {"?", std::to_string(weekday) + "#" + std::to_string(nth), [=](const std::tm& at) {
                int seen = 0;
                for (int each = at.tm_mday; each > 0; each -= 7) ++seen;
                return at.tm_wday + 1 == weekday && seen == nth;
              }};
    default:
      return by_values(once_in(2));
  }
}

// Mostly one that is not far.
Field any_year(int now) {
  const auto next = std::to_string(now + 1);
  switch (any_of(0, 4)) {
    case 0:
      return any_field(1970, 2199);
    case 1:
      return {next, {now + 1}};
    case 2:
      return {std::to_string(now) + "-" + next, {now, now + 1}};
    default:
      return every(1970, 2199);
  }
}

// 1970 to 2190, any second.
std::time_t any_time() { return *rc::gen::inRange<std::time_t>(0, 6'940'000'000); }

TEST(Oracle, knows_the_calendar) {
  std::tm may{};
  may.tm_year = 126;
  may.tm_mon = 4;
  may.tm_mday = 31;
  timegm(&may);
  EXPECT_EQ(days_in_month(may), 31);
  EXPECT_TRUE(is_last_of_month(may));
  EXPECT_EQ(nearest_weekday(may, 31), 29);
}

RC_GTEST_PROP(Cron, plans_the_same_minute_as_a_look_at_each_one, ()) {
  const auto start = any_time();
  std::tm then{};
  gmtime_r(&start, &then);
  const auto minute = any_field(0, 59);
  const auto hour = any_field(0, 23);
  const auto month = once_in(3) ? any_field(1, 12) : every(1, 12);
  const auto year = any_year(then.tm_year + 1900);
  const auto days = any_days();
  const auto text = "cron(" + minute.text + " " + hour.text + " " + days.of_month + " " +
                    month.text + " " + days.of_week + " " + year.text + ")";
  RC_LOG() << text << " after " << start << "\n";
  const auto expression = Expression::parse(text);
  RC_ASSERT(expression.has_value());
  const auto next = expression->next_after(from_millis(start * 1000), from_millis(start * 1000));

  std::time_t looked_at = start - start % 60;
  for (int step = 0; step < kMinutesLookedAt; ++step) {
    looked_at += 60;
    std::tm at{};
    gmtime_r(&looked_at, &at);
    const bool is_planned = minute.values.contains(at.tm_min) && hour.values.contains(at.tm_hour) &&
                            month.values.contains(at.tm_mon + 1) &&
                            year.values.contains(at.tm_year + 1900) && days.holds(at);
    if (!is_planned) continue;
    RC_ASSERT(next.has_value());
    RC_ASSERT(to_millis(*next) == looked_at * 1000);
    return;
  }
  RC_ASSERT(!next || to_millis(*next) > looked_at * 1000);
}

RC_GTEST_PROP(Rate, counts_whole_periods_from_the_minute_it_began_in, ()) {
  const auto count = any_of(1, 500);
  const auto [name, length] = *rc::gen::elementOf(
      std::vector<std::pair<std::string, int>>{{"minute", 1}, {"hour", 60}, {"day", 1440}});
  const auto start = any_time();
  const auto later = *rc::gen::inRange<std::time_t>(0, 30'000'000);
  const auto expression = Expression::parse("rate(" + std::to_string(count) + " " + name +
                                            (count == 1 ? "" : "s") + ")");
  RC_ASSERT(expression.has_value());
  const auto first = *expression->first_after(from_millis(start * 1000));
  const std::int64_t period = std::int64_t{60} * count * length;
  RC_ASSERT(to_millis(first) == (start - start % 60 + period) * 1000);
  auto expected = to_millis(first) / 1000;
  const auto now = expected + later;
  while (expected <= now) expected += period;
  RC_ASSERT(to_millis(*expression->next_after(first, from_millis(now * 1000))) == expected * 1000);
}

RC_GTEST_PROP(Expression, takes_any_text_without_harm, ()) {
  const auto letters = *rc::gen::container<std::string>(
      rc::gen::elementOf(std::string("0123456789 */,-?LW#MONJAN()ratecrominutesd")));
  for (const auto& text : {letters, "cron(" + letters + ")", "rate(" + letters + ")",
                           "cron(0 0 ? * " + letters + " *)", "cron(0 0 " + letters + " * ? *)"}) {
    const auto expression = Expression::parse(text);
    if (!expression) continue;
    const auto first = expression->first_after(from_millis(0));
    if (first) RC_ASSERT(*first > from_millis(0));
  }
}

}  // namespace
}  // namespace everseal::events::schedule
