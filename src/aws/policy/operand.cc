#include "aws/policy/operand.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "clock/time_text.h"
#include "encoding/ascii.h"
#include "encoding/base64.h"

namespace everseal::aws::policy {
namespace {

using Made = Result<std::shared_ptr<const Operand>, Malformed>;

Malformed not_a(std::string_view type, std::string_view text) {
  return {"The condition value \"" + std::string(text) + "\" is not a valid " + std::string(type) +
          "."};
}

class Text final : public Operand {
 public:
  explicit Text(Pattern pattern) : pattern_(std::move(pattern)) {}
  bool matches(std::string_view value, const Context& context) const override {
    return pattern_.matches(value, context);
  }
  bool resolves(const Context& context) const override { return pattern_.resolves(context); }

 private:
  Pattern pattern_;
};

template <bool wildcards, bool ignore_case>
Made text(std::string_view text, bool has_variables) {
  auto pattern = Pattern::parse(
      text, {.wildcards = wildcards, .variables = has_variables, .ignore_case = ignore_case});
  if (!pattern) return pattern.error();
  return std::make_shared<const Text>(*std::move(pattern));
}

class ArnText final : public Operand {
 public:
  explicit ArnText(ArnPattern pattern) : pattern_(std::move(pattern)) {}
  bool matches(std::string_view value, const Context& context) const override {
    return pattern_.matches(split_arn(value), context);
  }
  bool resolves(const Context& context) const override { return pattern_.resolves(context); }

 private:
  ArnPattern pattern_;
};

Made arn(std::string_view text, bool has_variables) {
  auto pattern = ArnPattern::parse(
      text, has_variables ? ArnPattern::Variables::Anywhere : ArnPattern::Variables::None);
  if (!pattern) return pattern.error();
  return std::make_shared<const ArnText>(*std::move(pattern));
}

std::optional<double> read_number(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) {
    return std::nullopt;
  }
  return number;
}

// The date forms of the W3C's profile of ISO 8601 as the longest of them: "2025-03" is its first
// day, "2025-03-01" its midnight, "2025-03-01T12:00Z" its first second. A year alone is a number.
std::string with_seconds(std::string_view text) {
  std::string whole(text);
  const bool is_date = whole.size() > 4 && whole[4] == '-';
  if (is_date && whole.size() == std::string_view("2025-03").size()) return whole + "-01T00:00:00Z";
  if (is_date && whole.size() == std::string_view("2025-03-01").size()) {
    return whole + "T00:00:00Z";
  }
  constexpr std::size_t minutes_length = std::string_view("2025-03-01T12:00").size();
  if (whole.size() > minutes_length && whole[minutes_length] != ':') {
    whole.insert(minutes_length, ":00");
  }
  return whole;
}

// Milliseconds since 1970, from a date, or from seconds since 1970.
std::optional<double> read_date(std::string_view text) {
  const auto time = parse_iso8601(with_seconds(text));
  if (time) return static_cast<double>(to_millis(*time));
  const auto seconds = read_number(text);
  if (!seconds) return std::nullopt;
  return *seconds * 1000;
}

using Reader = std::optional<double> (*)(std::string_view);

template <Reader read, class Compare>
class Ordered final : public Operand {
 public:
  explicit Ordered(double bound) : bound_(bound) {}
  bool matches(std::string_view value, const Context& /*context*/) const override {
    const auto number = read(value);
    return number && Compare{}(*number, bound_);
  }

 private:
  double bound_;
};

template <class Compare>
Made number(std::string_view text, bool /*has_variables*/) {
  const auto bound = read_number(text);
  if (!bound) return not_a("number", text);
  return std::make_shared<const Ordered<read_number, Compare>>(*bound);
}

template <class Compare>
Made date(std::string_view text, bool /*has_variables*/) {
  const auto bound = read_date(text);
  if (!bound) return not_a("date", text);
  return std::make_shared<const Ordered<read_date, Compare>>(*bound);
}

class Truth final : public Operand {
 public:
  explicit Truth(std::string_view wanted) : wanted_(wanted) {}
  bool matches(std::string_view value, const Context& /*context*/) const override {
    return encoding::equal_ignoring_case(value, wanted_);
  }

 private:
  std::string_view wanted_;
};

Made truth(std::string_view text, bool /*has_variables*/) {
  for (const std::string_view value : {"true", "false"}) {
    if (encoding::equal_ignoring_case(text, value)) return std::make_shared<const Truth>(value);
  }
  return not_a("boolean", text);
}

class Binary final : public Operand {
 public:
  explicit Binary(Bytes octets) : octets_(std::move(octets)) {}
  bool matches(std::string_view value, const Context& /*context*/) const override {
    const auto octets = encoding::from_base64(value);
    return octets && *octets == octets_;
  }

 private:
  Bytes octets_;
};

Made binary(std::string_view text, bool /*has_variables*/) {
  auto octets = encoding::from_base64(text);
  if (!octets) return not_a("base64 text", text);
  return std::make_shared<const Binary>(*std::move(octets));
}

// An address of either family, IPv4 as the IPv6 that stands for it (RFC 4291, 2.5.5.2).
using Address = std::array<std::uint8_t, 16>;
constexpr unsigned address_bits = 128;
constexpr unsigned ipv4_bits = 32;

struct ReadAddress {
  Address octets{};
  unsigned bits = address_bits;  // how many of them were written
};

std::optional<ReadAddress> read_address(std::string_view text) {
  const std::string terminated(text);
  ReadAddress read;
  if (inet_pton(AF_INET6, terminated.c_str(), read.octets.data()) == 1) return read;
  read = {.octets = {}, .bits = ipv4_bits};
  read.octets[10] = read.octets[11] = 0xFF;
  if (inet_pton(AF_INET, terminated.c_str(), read.octets.data() + 12) == 1) return read;
  return std::nullopt;
}

bool equal_prefix(const Address& left, const Address& right, unsigned bits) {
  const auto whole = static_cast<std::ptrdiff_t>(bits / 8);
  if (!std::equal(left.begin(), left.begin() + whole, right.begin())) return false;
  if (bits % 8 == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xFFU << (8 - bits % 8));
  const auto index = static_cast<std::size_t>(whole);
  return (left[index] & mask) == (right[index] & mask);
}

class AddressRange final : public Operand {
 public:
  AddressRange(const Address& base, unsigned bits) : base_(base), bits_(bits) {}
  bool matches(std::string_view value, const Context& /*context*/) const override {
    const auto address = read_address(value);
    return address && equal_prefix(address->octets, base_, bits_);
  }

 private:
  Address base_;
  unsigned bits_;
};

// "203.0.113.0/24", "2001:db8::/32", or one address.
Made address_range(std::string_view text, bool /*has_variables*/) {
  const auto slash = text.find('/');
  const auto base = read_address(text.substr(0, slash));
  if (!base) return not_a("IP address range", text);
  unsigned bits = base->bits;
  if (slash != std::string_view::npos) {
    const auto digits = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (error != std::errc{} || end != digits.data() + digits.size() || bits > base->bits) {
      return not_a("IP address range", text);
    }
  }
  return std::make_shared<const AddressRange>(base->octets, bits + address_bits - base->bits);
}

constexpr auto operators = std::to_array<Operator>({
    {"StringEquals", text<false, false>, false},
    {"StringNotEquals", text<false, false>, true},
    {"StringEqualsIgnoreCase", text<false, true>, false},
    {"StringNotEqualsIgnoreCase", text<false, true>, true},
    {"StringLike", text<true, false>, false},
    {"StringNotLike", text<true, false>, true},
    {"NumericEquals", number<std::equal_to<>>, false},
    {"NumericNotEquals", number<std::equal_to<>>, true},
    {"NumericLessThan", number<std::less<>>, false},
    {"NumericLessThanEquals", number<std::less_equal<>>, false},
    {"NumericGreaterThan", number<std::greater<>>, false},
    {"NumericGreaterThanEquals", number<std::greater_equal<>>, false},
    {"DateEquals", date<std::equal_to<>>, false},
    {"DateNotEquals", date<std::equal_to<>>, true},
    {"DateLessThan", date<std::less<>>, false},
    {"DateLessThanEquals", date<std::less_equal<>>, false},
    {"DateGreaterThan", date<std::greater<>>, false},
    {"DateGreaterThanEquals", date<std::greater_equal<>>, false},
    {"Bool", truth, false},
    {"BinaryEquals", binary, false},
    {"IpAddress", address_range, false},
    {"NotIpAddress", address_range, true},
    {"ArnEquals", arn, false},
    {"ArnLike", arn, false},
    {"ArnNotEquals", arn, true},
    {"ArnNotLike", arn, true},
    {"Null", truth, false},
});

}  // namespace

const Operator* Operator::named(std::string_view name) {
  const auto found = std::ranges::find(operators, name, &Operator::name);
  return found == operators.end() ? nullptr : &*found;
}

}  // namespace everseal::aws::policy
