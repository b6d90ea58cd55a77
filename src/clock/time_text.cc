#include "clock/time_text.h"

#include <array>
#include <optional>
#include <utility>

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

// Times are spelt several times a request, so without printf's machinery.
class Speller {
 public:
  explicit Speller(std::size_t longest) { text_.reserve(longest); }

  template <class Number>
  Speller& digits(Number number, std::size_t count) {
    const auto from = text_.size();
    text_.resize(from + count);
    auto left = static_cast<unsigned>(number);
    for (std::size_t at = from + count; at > from; left /= 10) {
      text_[--at] = static_cast<char>('0' + left % 10);
    }
    return *this;
  }
  Speller& literal(std::string_view literal) {
    text_.append(literal);
    return *this;
  }
  Speller& date(const year_month_day& date, std::string_view between) {
    digits(int{date.year()}, 4).literal(between);
    digits(unsigned{date.month()}, 2).literal(between);
    return digits(unsigned{date.day()}, 2);
  }
  Speller& time(const hh_mm_ss<milliseconds>& time, std::string_view between) {
    digits(time.hours().count(), 2).literal(between);
    digits(time.minutes().count(), 2).literal(between);
    return digits(time.seconds().count(), 2);
  }
  std::string text() { return std::move(text_); }

 private:
  std::string text_;
};

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
  const auto fields = fields_of(time);
  return Speller(20).date(fields.date, "-").literal("T").time(fields.time, ":").literal("Z").text();
}

std::string to_iso8601_millis(TimePoint time) {
  const auto fields = fields_of(time);
  Speller speller(24);
  speller.date(fields.date, "-").literal("T").time(fields.time, ":").literal(".");
  return speller.digits(fields.time.subseconds().count(), 3).literal("Z").text();
}

std::string to_iso8601_basic(TimePoint time) {
  const auto fields = fields_of(time);
  return Speller(16).date(fields.date, "").literal("T").time(fields.time, "").literal("Z").text();
}

std::string to_http_date(TimePoint time) {
  const auto fields = fields_of(time);
  Speller speller(29);
  speller.literal(kDays[fields.day_of_week.c_encoding()]).literal(", ");
  speller.digits(unsigned{fields.date.day()}, 2).literal(" ");
  speller.literal(kMonths[unsigned{fields.date.month()} - 1]).literal(" ");
  speller.digits(int{fields.date.year()}, 4).literal(" ");
  return speller.time(fields.time, ":").literal(" GMT").text();
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
