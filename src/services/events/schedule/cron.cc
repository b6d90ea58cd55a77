#include "services/events/schedule/cron.h"

#include <algorithm>
#include <vector>

namespace everseal::events::schedule {
namespace {

using std::chrono::floor;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::size_t kFields = 6;

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = text.find_first_not_of(' '); at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    words.push_back(text.substr(at, end - at));
    at = text.find_first_not_of(' ', end);
  }
  return words;
}

sys_days start_of_next_month(const year_month_day& day) {
  return year_month_day{day.year() / day.month() / 1} + std::chrono::months(1);
}

sys_days start_of_year(int year) {
  return std::chrono::year(year) / std::chrono::January / std::chrono::day(1);
}

}  // namespace

Result<Cron> Cron::parse(std::string_view text) {
  const auto fields = words_of(text);
  if (fields.size() != kFields) return Fault::malformed("a cron expression has six fields");
  const auto minutes = Values::parse(fields[0], kMinutes);
  if (!minutes) return minutes.error();
  const auto hours = Values::parse(fields[1], kHours);
  if (!hours) return hours.error();
  const auto days = Days::parse(fields[2], fields[4]);
  if (!days) return days.error();
  const auto months = Values::parse(fields[3], kMonths);
  if (!months) return months.error();
  const auto years = Values::parse(fields[5], kYears);
  if (!years) return years.error();
  return Cron(*minutes, *hours, *days, *months, *years);
}

std::optional<std::chrono::minutes> Cron::time_of_day(std::chrono::minutes from) const {
  const auto first_hour = static_cast<int>(from / std::chrono::hours(1));
  const auto first_minute =
      static_cast<int>(from % std::chrono::hours(1) / std::chrono::minutes(1));
  for (auto hour = hours_.at_or_after(first_hour); hour; hour = hours_.at_or_after(*hour + 1)) {
    const auto minute = minutes_.at_or_after(*hour == first_hour ? first_minute : 0);
    if (minute) return std::chrono::hours(*hour) + std::chrono::minutes(*minute);
  }
  return std::nullopt;
}

std::optional<TimePoint> Cron::next_after(TimePoint time) const {
  const auto start = floor<std::chrono::minutes>(time) + std::chrono::minutes(1);
  const auto first_day = floor<std::chrono::days>(start);
  for (auto date = first_day;;) {
    const year_month_day day(date);
    const auto year = years_.at_or_after(static_cast<int>(day.year()));
    if (!year) return std::nullopt;
    if (*year != static_cast<int>(day.year())) {
      date = start_of_year(*year);
    } else if (!months_.contains(static_cast<int>(static_cast<unsigned>(day.month())))) {
      date = start_of_next_month(day);
    } else {
      const auto from = date == first_day ? start - first_day : std::chrono::minutes(0);
      const auto minute = days_.contains(day) ? time_of_day(from) : std::nullopt;
      if (minute) return date + *minute;
      date += std::chrono::days(1);
    }
  }
}

}  // namespace everseal::events::schedule
