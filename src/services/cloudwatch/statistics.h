#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace everseal::cloudwatch {

// What was measured within a period, without each single value.
struct Statistics {
  double samples = 0;
  double sum = 0;
  double least = 0;  // of no samples nothing
  double most = 0;

  static Statistics of(double value, double times = 1) {
    return {times, value * times, value, value};
  }
  void add(const Statistics& more);

  double average() const { return sum / samples; }

  // "3 6.5 1 4", and back. Nothing: it is not such a text.
  std::string text() const;
  static std::optional<Statistics> parse(std::string_view text);

  friend bool operator==(const Statistics&, const Statistics&) = default;
};

}  // namespace everseal::cloudwatch
