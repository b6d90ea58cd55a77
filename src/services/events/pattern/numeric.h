#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "result/result.h"
#include "services/events/json/json.h"

namespace everseal::events {

// {"numeric": [">", 0, "<=", 5]}: between -5e9 and 5e9.
class NumericRange {
 public:
  // The array behind "numeric". The error is AWS's sentence.
  static Result<NumericRange, std::string> parse(const json::Value& terms);

  bool contains(double number) const;

 private:
  struct Bound {
    double value;
    bool included;
  };
  static Result<NumericRange, std::string> equal_to(const json::Elements& terms);
  static Result<NumericRange, std::string> below(const json::Elements& terms);
  static Result<NumericRange, std::string> above(const json::Elements& terms);

  std::optional<Bound> bottom_, top_;
};

// As exactly as a double can; nothing if it is beyond -5e9 to 5e9.
std::optional<double> comparable_number(std::string_view spelled);

}  // namespace everseal::events
