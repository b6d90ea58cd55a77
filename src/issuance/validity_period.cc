#include "issuance/validity_period.h"

#include <array>
#include <string>

#include "asn1/time.h"

namespace everseal::issuance {
namespace {

using namespace std::chrono;
using Kind = Refusal::Kind;
using Moment = Result<TimePoint, Refusal>;

// Above these nothing is left before the year 10000, and no sum below can overflow.
constexpr std::int64_t most_seconds = 253'402'300'799;
constexpr std::int64_t most_days = most_seconds / 86'400;
constexpr std::int64_t most_months = 12 * 9'999;
constexpr std::int64_t most_years = 9'999;

constexpr minutes backdating{60};  // for clocks that are slow

Refusal invalid(std::string message) { return {Kind::InvalidValidity, std::move(message)}; }

Moment encodable(TimePoint time) {
  if (time > asn1::no_expiry()) return invalid("The validity ends after the year 9999.");
  return time;
}

// The pairs of digits of YYMMDDHHMMSS; YY is given as the year that it means.
Moment from_digits(std::int64_t year_number, std::int64_t rest) {
  std::array<unsigned, 5> pairs{};  // month, day, hour, minute, second
  for (std::size_t at = pairs.size(); at > 0; --at) {
    pairs[at - 1] = static_cast<unsigned>(rest % 100);
    rest /= 100;
  }
  const auto [month_number, day_number, hour, minute, second] = pairs;
  const year_month_day date{year{static_cast<int>(year_number)}, month{month_number},
                            day{day_number}};
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) {
    return invalid("The end date is not a date: use YYMMDDHHMMSS or YYYYMMDDHHMMSS.");
  }
  return TimePoint(sys_days{date} + hours{hour} + minutes{minute} + seconds{second});
}

Moment end_date(std::int64_t digits) {
  constexpr std::int64_t per_year = 10'000'000'000;
  const std::int64_t front = digits / per_year;
  const std::int64_t rest = digits % per_year;
  if (front < 50) return from_digits(2000 + front, rest);
  if (front < 100) return from_digits(1900 + front, rest);
  if (front >= 1000 && front <= most_years) return from_digits(front, rest);
  return invalid("The end date has neither 12 nor 14 digits.");
}

// The same day and time of another month, or its last day if it is shorter.
TimePoint add_months(TimePoint from, std::int64_t count) {
  const auto midnight = floor<days>(from);
  const year_month_day date{midnight};
  year_month_day moved = date + months{count};
  if (!moved.ok()) moved = moved.year() / moved.month() / last;
  return TimePoint(sys_days{moved}) + (from - midnight);
}

Moment counted(std::int64_t value, std::int64_t most, auto&& add) {
  if (value > most) return invalid("The validity ends after the year 9999.");
  return encodable(add());
}

x509::Validity floored(TimePoint not_before, TimePoint not_after) {
  return {TimePoint(floor<seconds>(not_before)), TimePoint(floor<seconds>(not_after))};
}

Moment start_of(const std::optional<ValidityPeriod>& not_before, TimePoint now) {
  if (!not_before) return now - backdating;
  if (not_before->type != ValidityPeriod::Type::Absolute) {
    return invalid("ValidityNotBefore must be of type ABSOLUTE.");
  }
  return end_of(*not_before, now);
}

}  // namespace

Moment end_of(const ValidityPeriod& period, TimePoint now) {
  const std::int64_t value = period.value;
  if (value < 1) return invalid("The validity must be at least 1.");
  switch (period.type) {
    case ValidityPeriod::Type::EndDate:
      return end_date(value);
    case ValidityPeriod::Type::Absolute:
      return counted(value, most_seconds, [&] { return TimePoint(seconds{value}); });
    case ValidityPeriod::Type::Days:
      return counted(value, most_days, [&] { return now + days{value}; });
    case ValidityPeriod::Type::Months:
      return counted(value, most_months, [&] { return add_months(now, value); });
    case ValidityPeriod::Type::Years:
      return counted(value, most_years, [&] { return add_months(now, 12 * value); });
  }
  return invalid("The validity is of an unknown type.");
}

Result<x509::Validity, Refusal> validity_of(const ValidityPeriod& period,
                                            const std::optional<ValidityPeriod>& not_before,
                                            TimePoint now) {
  const auto start = start_of(not_before, now);
  if (!start) return start.error();
  const auto end = end_of(period, now);
  if (!end) return end.error();
  const auto validity = floored(*start, *end);
  if (validity.not_after <= now) return invalid("The validity must end in the future.");
  if (validity.not_after <= validity.not_before) {
    return invalid("The validity must end after it begins.");
  }
  return validity;
}

}  // namespace everseal::issuance
