#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::asn1 {

// An object identifier such as 2.5.4.3, held as its DER content octets; copying allocates nothing.
// Limits: two arcs at least, an arc below 2^128 (room for 2.25.<UUID>), 63 octets in all. The first
// arc is 0, 1 or 2, and below 0 and 1 the second is at most 39 (X.660).
class Oid {
 public:
  static constexpr std::size_t kMaxOctets = 63;

  // Names nothing: what a failed DerReader answers. No OBJECT IDENTIFIER has it.
  constexpr Oid() = default;
  // For literals: a malformed one does not compile.
  consteval explicit Oid(std::string_view dotted);

  // Malformed: anything but decimal arcs joined by single dots, leading zeros, beyond the limits.
  static Result<Oid> parse(std::string_view dotted);
  // The content octets of an OBJECT IDENTIFIER. Malformed: padded or truncated arcs, limits.
  static Result<Oid> from_content(ByteView content);

  std::string text() const;  // "2.5.4.3"
  ByteView content() const { return {octets_.data(), size_}; }

  friend bool operator==(const Oid&, const Oid&) = default;
  friend auto operator<=>(const Oid&, const Oid&) = default;  // an order for maps, without meaning

 private:
  __extension__ using Arc = unsigned __int128;
  constexpr bool append(Arc arc);
  static constexpr std::optional<Arc> next_arc(std::string_view& text);
  static constexpr std::optional<Oid> try_parse(std::string_view dotted);

  std::array<std::uint8_t, kMaxOctets> octets_{};  // zero behind the last used one
  std::uint8_t size_ = 0;
};

// Base 128, most significant digit first, the top bit set on all but the last.
constexpr bool Oid::append(Arc arc) {
  std::size_t digits = 1;
  for (Arc left = arc >> 7; left != 0; left >>= 7) ++digits;
  if (size_ + digits > kMaxOctets) return false;
  for (std::size_t digit = digits; digit > 0; --digit) {
    const auto bits = static_cast<std::uint8_t>((arc >> (7 * (digit - 1))) & 0x7f);
    octets_[size_++] = static_cast<std::uint8_t>(digit > 1 ? bits | 0x80 : bits);
  }
  return true;
}

// Takes one arc and the dot behind it off the text.
constexpr std::optional<Oid::Arc> Oid::next_arc(std::string_view& text) {
  const auto digits = text.substr(0, text.find('.'));
  if (digits.empty() || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
  Arc arc = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return std::nullopt;
    const Arc value = static_cast<Arc>(digit - '0');
    if (arc > (~Arc{0} - value) / 10) return std::nullopt;
    arc = arc * 10 + value;
  }
  text.remove_prefix(digits.size());
  if (text.size() == 1) return std::nullopt;  // a dot that nothing follows
  if (!text.empty()) text.remove_prefix(1);
  return arc;
}

constexpr std::optional<Oid> Oid::try_parse(std::string_view dotted) {
  const auto first = next_arc(dotted);
  if (!first || *first > 2 || dotted.empty()) return std::nullopt;
  const auto second = next_arc(dotted);
  if (!second || (*first < 2 && *second > 39) || *second > ~Arc{0} - 80) return std::nullopt;
  Oid oid;
  bool fits = oid.append(*first * 40 + *second);
  while (fits && !dotted.empty()) {
    const auto arc = next_arc(dotted);
    fits = arc && oid.append(*arc);
  }
  return fits ? std::optional(oid) : std::nullopt;
}

consteval Oid::Oid(std::string_view dotted) : Oid(try_parse(dotted).value()) {}

}  // namespace everseal::asn1

template <>
struct std::hash<everseal::asn1::Oid> {
  std::size_t operator()(const everseal::asn1::Oid& oid) const noexcept {
    return std::hash<std::string_view>{}(everseal::as_text(oid.content()));
  }
};
