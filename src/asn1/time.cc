#include "asn1/time.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <utility>

namespace everseal::asn1 {
namespace {

using namespace std::chrono;

bool needs_generalized(int year_number) { return year_number < 1950 || year_number >= 2050; }

// Two decimal digits at a place of the text.
void put(std::string& text, std::size_t at, unsigned value) {
  text[at] = static_cast<char>('0' + value / 10);
  text[at + 1] = static_cast<char>('0' + value % 10);
}

// The number that these two octets spell, or 255, which no field of a date allows.
unsigned pair(ByteView digits, std::size_t at) {
  const unsigned tens = digits[at] - unsigned{'0'};
  const unsigned ones = digits[at + 1] - unsigned{'0'};
  return tens > 9 || ones > 9 ? 255 : tens * 10 + ones;
}

std::optional<int> year_of(Tag tag, ByteView content) {
  const unsigned first = pair(content, 0);
  if (first > 99) return std::nullopt;
  if (tag == Tag::UtcTime) return static_cast<int>(first < 50 ? 2000 + first : 1900 + first);
  const unsigned second = pair(content, 2);
  if (second > 99) return std::nullopt;
  return static_cast<int>(first * 100 + second);
}

// The moment that a year and ten digits MMDDHHMMSS name.
std::optional<TimePoint> moment(int year_number, ByteView rest) {
  const year_month_day date{year{year_number}, month{pair(rest, 0)}, day{pair(rest, 2)}};
  const unsigned hour = pair(rest, 4);
  const unsigned minute = pair(rest, 6);
  const unsigned second = pair(rest, 8);
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return TimePoint{sys_days{date} + hours{hour} + minutes{minute} + seconds{second}};
}

// The moment with a year of two or of four digits.
std::string spell(TimePoint time, std::size_t year_digits) {
  const auto midnight = floor<days>(time);
  const year_month_day date{midnight};
  const hh_mm_ss clock{floor<seconds>(time - midnight)};
  const auto year_number = static_cast<unsigned>(int{date.year()});
  std::string text(year_digits + 11, 'Z');
  if (year_digits == 4) put(text, 0, year_number / 100);
  put(text, year_digits - 2, year_number % 100);
  put(text, year_digits, unsigned{date.month()});
  put(text, year_digits + 2, unsigned{date.day()});
  put(text, year_digits + 4, static_cast<unsigned>(clock.hours().count()));
  put(text, year_digits + 6, static_cast<unsigned>(clock.minutes().count()));
  put(text, year_digits + 8, static_cast<unsigned>(clock.seconds().count()));
  return text;
}

void demand_encodable(TimePoint time) {
  if (!is_encodable(time)) throw std::out_of_range("a time outside the years 0 to 9999");
}

// What these digits say, whether or not the type is the right one for it.
Result<std::pair<int, TimePoint>> read_digits(Tag tag, ByteView content) {
  const std::size_t year_digits = tag == Tag::UtcTime ? 2 : 4;
  if (content.size() != year_digits + 11 || content.back() != 'Z') {
    return Fault::malformed("time: not to the second in UTC");
  }
  const auto year_number = year_of(tag, content);
  const auto time = year_number ? moment(*year_number, content.subspan(year_digits)) : std::nullopt;
  if (!time) return Fault::malformed("time: no such moment");
  return std::pair(*year_number, *time);
}

}  // namespace

bool is_encodable(TimePoint time) {
  constexpr TimePoint first{sys_days{year{0} / January / 1}};
  constexpr TimePoint end{sys_days{year{10000} / January / 1}};
  return first <= time && time < end;
}

EncodedTime encode_time(TimePoint time) {
  demand_encodable(time);
  const int year_number = int{year_month_day{floor<days>(time)}.year()};
  if (needs_generalized(year_number)) return {Tag::GeneralizedTime, spell(time, 4)};
  return {Tag::UtcTime, spell(time, 2)};
}

std::string encode_generalized_time(TimePoint time) {
  demand_encodable(time);
  return spell(time, 4);
}

Result<TimePoint> decode_time(Tag tag, ByteView content) {
  if (tag != Tag::UtcTime && tag != Tag::GeneralizedTime) {
    return Fault::malformed("time: neither UTCTime nor GeneralizedTime");
  }
  const auto found = read_digits(tag, content);
  if (!found) return found.error();
  if (needs_generalized(found->first) != (tag == Tag::GeneralizedTime)) {
    return Fault::malformed("time: from 1950 through 2049 it has to be UTCTime");
  }
  return found->second;
}

Result<TimePoint> decode_generalized_time(ByteView content) {
  const auto found = read_digits(Tag::GeneralizedTime, content);
  if (!found) return found.error();
  return found->second;
}

TimePoint no_expiry() {
  return TimePoint{sys_days{year{9999} / December / 31} + hours{23} + minutes{59} + seconds{59}};
}

}  // namespace everseal::asn1
