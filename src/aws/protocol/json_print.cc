#include <array>
#include <charconv>
#include <cmath>
#include <type_traits>
#include <variant>

#include "aws/protocol/json.h"
#include "aws/protocol/leaf.h"

namespace everseal::aws::protocol {
namespace {

void add_text(std::string& json, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  json += '"';
  for (const char character : text) {
    const auto octet = static_cast<unsigned char>(character);
    if (character == '"' || character == '\\') {
      json.append(1, '\\').append(1, character);
    } else if (octet < 0x20) {
      json.append("\\u00").append(1, digits[octet >> 4U]).append(1, digits[octet & 15U]);
    } else {
      json += character;
    }
  }
  json += '"';
}

// "1736104919.133", "1767208921.0"
void add_seconds(std::string& json, TimePoint time) {
  const std::int64_t millis = to_millis(time);
  const std::int64_t seconds = millis / 1000;
  std::int64_t fraction = millis % 1000;
  if (fraction < 0) fraction = -fraction;
  if (millis < 0 && seconds == 0) json += '-';
  std::string digits = std::to_string(fraction + 1000).substr(1);
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  json.append(std::to_string(seconds)).append(1, '.').append(digits);
}

// JSON has no word for what is not finite; AWS writes these as texts.
void add_number(std::string& json, double number) {
  if (std::isnan(number)) {
    json += "\"NaN\"";
  } else if (std::isinf(number)) {
    json += number < 0 ? "\"-Infinity\"" : "\"Infinity\"";
  } else if (number == 0 && std::signbit(number)) {
    json += "-0.0";  // "-0" would be read back as an integer, which has no sign there
  } else {
    json += leaf_text(Document(number));
  }
}

void add(std::string& json, const Document& document);

void add_list(std::string& json, const Document::List& list) {
  json += '[';
  for (const auto& element : list) {
    if (&element != &list.front()) json += ',';
    add(json, element);
  }
  json += ']';
}

void add_members(std::string& json, const Document::Members& members) {
  json += '{';
  for (const auto& member : members) {
    if (&member != &members.front()) json += ',';
    add_text(json, member.first);
    json += ':';
    add(json, member.second);
  }
  json += '}';
}

void add(std::string& json, const Document& document) {
  std::visit(
      [&](const auto& value) {
        using T = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<T, Document::Null>) {
          json += "null";
        } else if constexpr (std::is_same_v<T, Document::List>) {
          add_list(json, value);
        } else if constexpr (std::is_same_v<T, Document::Members>) {
          add_members(json, value);
        } else if constexpr (std::is_same_v<T, TimePoint>) {
          add_seconds(json, value);
        } else if constexpr (std::is_same_v<T, double>) {
          add_number(json, value);
        } else if constexpr (std::is_arithmetic_v<T>) {
          json += leaf_text(document);
        } else {
          add_text(json, leaf_text(document));
        }
      },
      document.value());
}

}  // namespace

std::string print_json(const Document& document) {
  std::string json;
  add(json, document);
  return json;
}

}  // namespace everseal::aws::protocol
