#include "clock/time_text.h"

#include <array>
#include <cstdio>
#include <optional>

namespace everseal {
namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Fields {
  year_month_day date;
  weekday day_of_week;
  hh_mm_ss<milliseconds> time;
};

Fields fields_of(TimePoint time) {
  const auto day = floor<days>(time);
  return {year_month_day{day}, weekday{day}, hh_mm_ss{time - day}};
}

template <class... Args>
std::string format(const char* pattern, Args... args) {
  std::array<char, 64> text{};
  const int length = std::snprintf(text.data(), text.size(), pattern, args...);
  return {text.data(), static_cast<std::size_t>(length)};
}

// Reads a text from left to right; every step may fail, and then all later ones do.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : left_(text) {}

  int digits(std::size_t count) {
    if (left_.size() < count) return fail();
    int value = 0;
    for (const char digit : left_.substr(0, count)) {
      if (digit < '0' || digit > '9') return fail();
      value = value * 10 + (digit - '0');
    }
    left_.remove_prefix(count);
    return value;
  }
  void literal(std::string_view text) {
    if (!left_.starts_with(text)) {
      fail();
      return;
    }
    left_.remove_prefix(text.size());
  }
  bool optional(char letter) {
    if (!left_.starts_with(letter)) return false;
    left_.remove_prefix(1);
    return true;
  }
  template <std::size_t N>
  int one_of(const std::array<std::string_view, N>& words) {
    for (std::size_t at = 0; at < N; ++at) {
      if (!left_.starts_with(words[at])) continue;
      left_.remove_prefix(words[at].size());
      return static_cast<int>(at);
    }
    return fail();
  }
  // Any number of digits after the point; those after the third do not count.
  int millis() {
    int value = 0;
    int count = 0;
    while (!left_.empty() && left_.front() >= '0' && left_.front() <= '9') {
      if (count < 3) value = value * 10 + (left_.front() - '0');
      ++count;
      left_.remove_prefix(1);
    }
    if (count == 0) return fail();
    for (; count < 3; ++count) value *= 10;
    return value;
  }
  bool finished() const { return !failed_ && left_.empty(); }

 private:
  int fail() {
    failed_ = true;
    left_ = {};
    return 0;
  }
  std::string_view left_;
  bool failed_ = false;
};

std::optional<TimePoint> moment(int y, int mo, int d, int h, int mi, int s) {
  const year_month_day date{year{y}, month{static_cast<unsigned>(mo)},
                            day{static_cast<unsigned>(d)}};
  if (!date.ok() || h > 23 || mi > 59 || s > 59) return std::nullopt;
  return TimePoint{sys_days{date}} + hours{h} + minutes{mi} + seconds{s};
}

Result<TimePoint> checked(const Scanner& scan, std::optional<TimePoint> time) {
  if (!scan.finished() || !time) return Fault::malformed("time: not in the expected format");
  return *time;
}

}  // namespace

std::string to_iso8601(TimePoint time) {
  const auto [date, dow, tod] = fields_of(time);
  return format("%04d-%02u-%02uT%02d:%02d:%02dZ", int{date.year()}, unsigned{date.month()},
                unsigned{date.day()}, static_cast<int>(tod.hours().count()),
                static_cast<int>(tod.minutes().count()), static_cast<int>(tod.seconds().count()));
}

std::string to_iso8601_millis(TimePoint time) {
  const auto millis = fields_of(time).time.subseconds().count();
  auto text = to_iso8601(time);
  text.pop_back();
  return text + format(".%03dZ", static_cast<int>(millis));
}

std::string to_iso8601_basic(TimePoint time) {
  const auto [date, dow, tod] = fields_of(time);
  return format("%04d%02u%02uT%02d%02d%02dZ", int{date.year()}, unsigned{date.month()},
                unsigned{date.day()}, static_cast<int>(tod.hours().count()),
                static_cast<int>(tod.minutes().count()), static_cast<int>(tod.seconds().count()));
}

std::string to_http_date(TimePoint time) {
  const auto [date, dow, tod] = fields_of(time);
  return std::string(kDays[dow.c_encoding()]) + format(", %02u ", unsigned{date.day()}) +
         std::string(kMonths[unsigned{date.month()} - 1]) +
         format(" %04d %02d:%02d:%02d GMT", int{date.year()}, static_cast<int>(tod.hours().count()),
                static_cast<int>(tod.minutes().count()), static_cast<int>(tod.seconds().count()));
}

Result<TimePoint> parse_iso8601(std::string_view text) {
  Scanner scan(text);
  const int y = scan.digits(4);
  scan.literal("-");
  const int mo = scan.digits(2);
  scan.literal("-");
  const int d = scan.digits(2);
  scan.literal("T");
  const int h = scan.digits(2);
  scan.literal(":");
  const int mi = scan.digits(2);
  scan.literal(":");
  const int s = scan.digits(2);
  const int ms = scan.optional('.') ? scan.millis() : 0;
  minutes offset{0};
  if (!scan.optional('Z')) {
    const bool east = scan.optional('+');
    if (!east) scan.literal("-");
    const int offset_hours = scan.digits(2);
    scan.optional(':');
    offset = hours{offset_hours} + minutes{scan.digits(2)};
    if (!east) offset = -offset;
  }
  const auto time = checked(scan, moment(y, mo, d, h, mi, s));
  if (!time) return time.error();
  return *time + milliseconds{ms} - offset;
}

Result<TimePoint> parse_iso8601_basic(std::string_view text) {
  Scanner scan(text);
  const int y = scan.digits(4);
  const int mo = scan.digits(2);
  const int d = scan.digits(2);
  scan.literal("T");
  const int h = scan.digits(2);
  const int mi = scan.digits(2);
  const int s = scan.digits(2);
  scan.literal("Z");
  return checked(scan, moment(y, mo, d, h, mi, s));
}

Result<TimePoint> parse_http_date(std::string_view text) {
  Scanner scan(text);
  scan.one_of(kDays);
  scan.literal(", ");
  const int d = scan.digits(2);
  scan.literal(" ");
  const int mo = scan.one_of(kMonths) + 1;
  scan.literal(" ");
  const int y = scan.digits(4);
  scan.literal(" ");
  const int h = scan.digits(2);
  scan.literal(":");
  const int mi = scan.digits(2);
  scan.literal(":");
  const int s = scan.digits(2);
  scan.literal(" GMT");
  return checked(scan, moment(y, mo, d, h, mi, s));
}

}  // namespace everseal
