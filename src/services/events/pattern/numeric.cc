#include "services/events/pattern/numeric.h"

#include <charconv>
#include <cmath>

namespace everseal::events {
namespace {

constexpr double kLargest = 5e9;

using Kind = json::Value::Kind;

Result<double, std::string> number_of(const json::Value& term, const std::string& otherwise) {
  if (term.kind != Kind::Number) return otherwise;
  const auto number = comparable_number(term.text);
  if (!number) return std::string("Value must be between -5.0E9 and 5.0E9, inclusive");
  return *number;
}

std::string spelled(const json::Value& term) {
  return term.is_leaf() && !term.text.empty() ? term.text : json::print(term);
}

}  // namespace

std::optional<double> comparable_number(std::string_view spelled) {
  double number = 0;
  const auto [end, error] =
      std::from_chars(spelled.data(), spelled.data() + spelled.size(), number);
  // What is too small for a double is zero to all who compare.
  if (error == std::errc::result_out_of_range) {
    if (spelled.find("e-") == std::string_view::npos &&
        spelled.find("E-") == std::string_view::npos)
      return std::nullopt;
    return 0.0;
  }
  if (error != std::errc{} || end != spelled.data() + spelled.size()) return std::nullopt;
  if (std::abs(number) > kLargest) return std::nullopt;
  return number;
}

Result<NumericRange, std::string> NumericRange::parse(const json::Value& terms) {
  if (terms.kind != Kind::Array) return std::string("Value of numeric must be an array.");
  if (terms.elements.empty()) return std::string("Invalid member in numeric match: ]");
  const auto& first = terms.elements.front();
  if (first.kind != Kind::String) return "Invalid member in numeric match: " + spelled(first);
  if (first.text == "=") return equal_to(terms.elements);
  if (first.text == "<" || first.text == "<=") return below(terms.elements);
  if (first.text == ">" || first.text == ">=") return above(terms.elements);
  return "Unrecognized numeric range operator: " + first.text;
}

Result<NumericRange, std::string> NumericRange::equal_to(const json::Elements& terms) {
  if (terms.size() < 2) return std::string("Value of equals must be numeric");
  const auto number = number_of(terms[1], "Value of equals must be numeric");
  if (!number) return number.error();
  if (terms.size() > 2) return std::string("Too many elements in numeric expression");
  NumericRange range;
  range.bottom_ = range.top_ = Bound{*number, true};
  return range;
}

Result<NumericRange, std::string> NumericRange::below(const json::Elements& terms) {
  const auto otherwise = "Value of " + terms[0].text + " must be numeric";
  if (terms.size() < 2) return otherwise;
  const auto number = number_of(terms[1], otherwise);
  if (!number) return number.error();
  if (terms.size() > 2) return std::string("Too many terms in numeric range expression");
  NumericRange range;
  range.top_ = Bound{*number, terms[0].text == "<="};
  return range;
}

Result<NumericRange, std::string> NumericRange::above(const json::Elements& terms) {
  const auto otherwise = "Value of " + terms[0].text + " must be numeric";
  if (terms.size() < 2) return otherwise;
  const auto bottom = number_of(terms[1], otherwise);
  if (!bottom) return bottom.error();
  NumericRange range;
  range.bottom_ = Bound{*bottom, terms[0].text == ">="};
  if (terms.size() == 2) return range;
  if (terms[2].kind != Kind::String) return "Bad value in numeric range: " + spelled(terms[2]);
  const auto& operation = terms[2].text;
  if (operation != "<" && operation != "<=") return "Bad numeric range operator: " + operation;
  if (terms.size() < 4) return "Value of " + operation + " must be numeric";
  const auto top = number_of(terms[3], "Value of " + operation + " must be numeric");
  if (!top) return top.error();
  if (terms.size() > 4) return std::string("Too many terms in numeric range expression");
  if (*bottom >= *top) return std::string("Bottom must be less than top");
  range.top_ = Bound{*top, operation == "<="};
  return range;
}

bool NumericRange::contains(double number) const {
  if (bottom_ && (number < bottom_->value || (number == bottom_->value && !bottom_->included)))
    return false;
  return !top_ || number < top_->value || (number == top_->value && top_->included);
}

}  // namespace everseal::events
