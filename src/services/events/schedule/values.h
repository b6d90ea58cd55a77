#pragma once

#include <bitset>
#include <cstddef>
#include <optional>
#include <string_view>

#include "result/result.h"

namespace everseal::events::schedule {

// What the values of a field of a cron expression may be.
struct Range {
  int first;
  int last;
  std::string_view names = {};  // three letters each, of the first value on: "SUNMONTUE..."
  bool has_increments = true;
  bool goes_round = true;  // "FRI-MON"

  int size() const { return last - first + 1; }
};

inline constexpr Range kMinutes{0, 59};
inline constexpr Range kHours{0, 23};
inline constexpr Range kDaysOfMonth{1, 31};
inline constexpr Range kMonths{1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"};
inline constexpr Range kDaysOfWeek{1, 7, "SUNMONTUEWEDTHUFRISAT", /*has_increments=*/false};
inline constexpr Range kYears{1970, 2199, {}, /*has_increments=*/true, /*goes_round=*/false};

// Those values of a range that a field names. Immutable.
class Values {
 public:
  // "*", and lists of values, ranges and increments: "1,5-9,20/5,*/2". An increment goes on to the
  // end of the range. Malformed: anything else.
  static Result<Values> parse(std::string_view text, const Range& range);

  bool contains(int value) const {
    return value >= range_.first && value <= range_.last && bits_.test(place_of(value));
  }
  // The first from that one on; nothing: there is no more.
  std::optional<int> at_or_after(int value) const;

 private:
  explicit Values(const Range& range) : range_(range) {}
  std::size_t place_of(int value) const { return static_cast<std::size_t>(value - range_.first); }
  Outcome add(std::string_view element);

  Range range_;
  std::bitset<230> bits_;  // as many as there are years
};

// A number, or a name in any case. Nothing: it is not in the range.
std::optional<int> value_in(std::string_view text, const Range& range);

// What is said of a part of an expression that nobody understands.
Fault not_valid(std::string_view text);

}  // namespace everseal::events::schedule
