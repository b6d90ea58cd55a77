#include "aws/protocol/leaf.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <type_traits>
#include <variant>

#include "clock/time_text.h"
#include "encoding/base64.h"

namespace everseal::aws::protocol {
namespace {

constexpr std::int64_t first_second = -62'135'596'800;  // 0001-01-01
constexpr std::int64_t last_second = 253'402'300'799;   // 9999-12-31

// All of the text as a number.
template <class Number>
std::optional<Number> parsed(std::string_view text) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return number;
}

std::string_view borrowed_text(const Document& leaf) {
  if (const auto* text = leaf.as<std::string>()) return *text;
  if (const auto* untyped = leaf.as<Document::Untyped>()) return untyped->text;
  return {};
}

std::optional<std::int64_t> whole(double number) {
  constexpr double limit = 9'223'372'036'854'775'808.0;  // 2^63
  if (!(number >= -limit && number < limit) || std::trunc(number) != number) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

std::optional<TimePoint> from_seconds(double seconds) {
  if (!(seconds >= static_cast<double>(first_second) && seconds < last_second + 1.0)) {
    return std::nullopt;
  }
  return from_millis(std::llround(seconds * 1000));
}

std::optional<TimePoint> from_text(std::string_view text) {
  const auto iso = parse_iso8601(text);
  if (iso) return *iso;
  const auto http_date = parse_http_date(text);
  if (http_date) return *http_date;
  return std::nullopt;
}

template <class Number>
std::string number_text(Number number) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return {digits.data(), end};
}

}  // namespace

std::optional<std::string> as_text(const Document& leaf) {
  if (const auto* text = leaf.as<std::string>()) return *text;
  if (const auto* untyped = leaf.as<Document::Untyped>()) return untyped->text;
  return std::nullopt;
}

std::optional<bool> as_boolean(const Document& leaf) {
  if (const auto* value = leaf.as<bool>()) return *value;
  const auto* untyped = leaf.as<Document::Untyped>();
  if (untyped == nullptr) return std::nullopt;
  if (untyped->text == "true") return true;
  if (untyped->text == "false") return false;
  return std::nullopt;
}

std::optional<std::int64_t> as_integer(const Document& leaf) {
  if (const auto* number = leaf.as<std::int64_t>()) return *number;
  if (const auto* number = leaf.as<double>()) return whole(*number);
  const auto* untyped = leaf.as<Document::Untyped>();
  return untyped != nullptr ? parsed<std::int64_t>(untyped->text) : std::nullopt;
}

std::optional<double> as_number(const Document& leaf) {
  if (const auto* number = leaf.as<std::int64_t>()) return static_cast<double>(*number);
  if (const auto* number = leaf.as<double>()) return *number;
  const auto* untyped = leaf.as<Document::Untyped>();
  const auto number = untyped != nullptr ? parsed<double>(untyped->text) : std::nullopt;
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<TimePoint> as_time(const Document& leaf) {
  if (const auto* time = leaf.as<TimePoint>()) return *time;
  if (const auto* seconds = leaf.as<std::int64_t>()) {
    return from_seconds(static_cast<double>(*seconds));
  }
  if (const auto* seconds = leaf.as<double>()) return from_seconds(*seconds);
  const auto* untyped = leaf.as<Document::Untyped>();
  return untyped != nullptr ? from_text(untyped->text) : std::nullopt;
}

std::optional<Bytes> as_blob(const Document& leaf) {
  if (const auto* octets = leaf.as<Bytes>()) return *octets;
  if (!leaf.as<std::string>() && !leaf.as<Document::Untyped>()) return std::nullopt;
  auto octets = encoding::from_base64(borrowed_text(leaf));
  if (!octets) return std::nullopt;
  return *std::move(octets);
}

std::size_t blob_size_of(const Document& leaf) {
  if (const auto* octets = leaf.as<Bytes>()) return octets->size();
  const auto base64 = borrowed_text(leaf);
  const auto padding = base64.size() - std::min(base64.find('='), base64.size());
  return base64.size() / 4 * 3 - std::min(padding, base64.size() / 4 * 3);
}

std::string leaf_text(const Document& leaf) {
  return std::visit(
      [](const auto& value) -> std::string {
        using T = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<T, std::string>) {
          return value;
        } else if constexpr (std::is_same_v<T, Document::Untyped>) {
          return value.text;
        } else if constexpr (std::is_same_v<T, bool>) {
          return value ? "true" : "false";
        } else if constexpr (std::is_arithmetic_v<T>) {
          return number_text(value);
        } else if constexpr (std::is_same_v<T, TimePoint>) {
          return to_iso8601(value);
        } else if constexpr (std::is_same_v<T, Bytes>) {
          return encoding::to_base64(value);
        } else {
          return {};
        }
      },
      leaf.value());
}

}  // namespace everseal::aws::protocol
