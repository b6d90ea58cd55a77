#include "services/acm/domain_names.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_set>

#include "services/acm/errors.h"

namespace everseal::acm {

namespace {

// RFC 3492, 5.
constexpr std::uint32_t kBase = 36, kTMin = 1, kTMax = 26, kSkew = 38, kDamp = 700;
constexpr std::uint32_t kFirstBeyondAscii = 0x80, kLastCodePoint = 0x10FFFF;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::uint32_t> punycode_digit(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a');
  if (is_digit(c)) return static_cast<std::uint32_t>(c - '0') + 26;
  return std::nullopt;
}

std::uint32_t adapted_bias(std::uint32_t delta, std::uint32_t points, bool first) {
  delta = first ? delta / kDamp : delta / 2;
  delta += delta / points;
  std::uint32_t k = 0;
  for (; delta > ((kBase - kTMin) * kTMax) / 2; k += kBase) delta /= kBase - kTMin;
  return k + (kBase - kTMin + 1) * delta / (delta + kSkew);
}

// One generalized variable-length integer (RFC 3492, 3.3), taken off the text. A label has 63
// characters at most, but its digits may still overflow: 64 bits and a bound see to that.
std::optional<std::uint64_t> take_delta(std::string_view& text, std::uint32_t bias) {
  std::uint64_t delta = 0, weight = 1;
  for (std::uint32_t k = kBase;; k += kBase) {
    if (text.empty()) return std::nullopt;
    const auto digit = punycode_digit(text.front());
    if (!digit) return std::nullopt;
    text.remove_prefix(1);
    delta += *digit * weight;
    if (delta > UINT32_MAX) return std::nullopt;
    const std::uint32_t threshold = k <= bias ? kTMin : std::min(k - bias, kTMax);
    if (*digit < threshold) return delta;
    weight *= kBase - threshold;
    if (weight > UINT32_MAX) return std::nullopt;
  }
}

bool is_surrogate(std::uint64_t point) { return point >= 0xD800 && point <= 0xDFFF; }

// A top-level domain is never all digits (RFC 3696, 2): a name that ends so is an IPv4 address.
bool is_ip_address(std::string_view name) {
  return std::ranges::all_of(name.substr(name.rfind('.') + 1), is_digit);
}

bool has_bad_label(std::string_view name) {
  while (!name.empty()) {
    const auto label = name.substr(0, name.find('.'));
    const bool reserved = label.size() >= 4 && label.substr(2, 2) == "--";
    if (reserved && (!label.starts_with("xn--") || !is_punycode(label.substr(4)))) return true;
    name.remove_prefix(std::min(name.size(), label.size() + 1));
  }
  return false;
}

std::optional<ApiError> refusal_of(std::string_view name) {
  if (is_ip_address(name)) return bad_name(name, "it is an IP address");
  if (has_bad_label(name)) {
    return bad_name(name, "a label with -- in third place must be an internationalized one, xn--");
  }
  return std::nullopt;
}

}  // namespace

std::string in_lower_case(std::string_view name) {
  std::string result(name);
  std::ranges::transform(result, result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

bool is_punycode(std::string_view encoded) {
  const auto delimiter = encoded.rfind('-');
  std::uint32_t points = delimiter == encoded.npos ? 0 : static_cast<std::uint32_t>(delimiter);
  if (delimiter != encoded.npos) encoded.remove_prefix(delimiter + 1);
  if (encoded.empty()) return false;
  std::uint64_t point = kFirstBeyondAscii, index = 0;
  std::uint32_t bias = 72;
  for (bool first = true; !encoded.empty(); first = false) {
    const auto delta = take_delta(encoded, bias);
    if (!delta) return false;
    ++points;
    bias = adapted_bias(static_cast<std::uint32_t>(*delta), points, first);
    index += *delta;
    point += index / points;
    index = index % points + 1;
    if (point > kLastCodePoint || is_surrogate(point)) return false;
  }
  return true;
}

Result<std::vector<std::string>, ApiError> certificate_names(
    std::string_view domain_name, const std::vector<std::string>& alternative_names,
    std::size_t limit) {
  if (domain_name.size() > kLongestCommonName) {
    return bad_name(domain_name,
                    "the first name of a certificate has at most 64 characters; put longer ones "
                    "into SubjectAlternativeNames");
  }
  std::vector<std::string> names;
  std::unordered_set<std::string> seen;
  const auto add = [&](std::string_view name) {
    if (auto text = in_lower_case(name); seen.insert(text).second) names.push_back(std::move(text));
  };
  add(domain_name);
  for (const auto& name : alternative_names) add(name);
  for (const auto& name : names) {
    if (auto refused = refusal_of(name)) return *std::move(refused);
  }
  if (names.size() > limit) return too_many_names(limit);
  return names;
}

}  // namespace everseal::acm
