#include "asn1/der_reader.h"

#include <algorithm>
#include <string_view>

#include "asn1/time.h"

namespace everseal::asn1 {
namespace {

bool is_minimal(ByteView integer) {
  if (integer.size() < 2) return !integer.empty();
  const bool next_is_negative = (integer[1] & 0x80U) != 0;
  return integer[0] == 0x00 ? next_is_negative : integer[0] != 0xff || !next_is_negative;
}

// A universal type is either always constructed or, in DER, always primitive (X.690, 10.2); number
// 0 ends indefinite lengths. Constructed are EXTERNAL, EMBEDDED PDV, SEQUENCE, SET and CHARACTER
// STRING.
bool has_wrong_form(std::uint8_t identifier) {
  constexpr std::uint32_t kConstructed = 1U << 8 | 1U << 11 | 1U << 16 | 1U << 17 | 1U << 29;
  if ((identifier & 0xc0U) != 0) return false;  // not universal
  const unsigned number = identifier & 0x1fU;
  const bool constructed = (identifier & 0x20U) != 0;
  return number == 0 || constructed != ((kConstructed >> number & 1U) != 0);
}

bool is_ascii(std::uint8_t octet) { return octet < 0x80; }

// X.680, table 10.
bool is_printable(std::uint8_t octet) {
  constexpr std::string_view kPunctuation = " '()+,-./:=?";
  return (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z') ||
         (octet >= '0' && octet <= '9') ||
         kPunctuation.find(static_cast<char>(octet)) != std::string_view::npos;
}

}  // namespace

// The length octets behind the tag (X.690, 8.1.3 and 10.1): `header` grows by how many there are.
std::size_t DerReader::content_length(std::size_t& header) {
  const std::size_t first = rest_[header++];
  if (first < 0x80) return first;
  const std::size_t count = first & 0x7fU;
  if (count == 0) return fail("an indefinite length"), 0;
  if (count > 4 || rest_.size() < header + count) return fail("a length that cannot be"), 0;
  std::size_t length = 0;
  for (std::size_t digit = 0; digit < count; ++digit) length = length << 8 | rest_[header++];
  const bool minimal = length >= 0x80 && length >> (8 * (count - 1)) != 0;
  if (!minimal) return fail("the length is not minimal"), 0;
  return length;
}

DerReader::Element DerReader::next() {
  if (failed_) return {};
  last_ = rest_.data();
  if (rest_.size() < 2) return fail("a value is missing or cut off"), Element{};
  if ((rest_[0] & 0x1fU) == 0x1f) return fail("a tag number above 30"), Element{};
  if (has_wrong_form(rest_[0])) return fail("a type in the wrong form"), Element{};
  std::size_t header = 1;
  const std::size_t length = content_length(header);
  if (failed_) return {};
  if (length > rest_.size() - header) return fail("a value is cut off"), Element{};
  const Element found{static_cast<Tag>(rest_[0]), rest_.subspan(header, length),
                      rest_.first(header + length)};
  rest_ = rest_.subspan(header + length);
  return found;
}

DerReader::Element DerReader::any() {
  const Element found = next();
  DerReader inside(found.whole, origin_, depth_);
  if (!failed_) inside.walk();
  absorb(inside);
  return failed_ ? Element{} : found;
}

// Reads one value down to its leaves.
void DerReader::walk() {
  const Tag tag = next_tag();
  if (!is_constructed(tag)) return walk_primitive(tag);
  constructed(tag, [](DerReader& inner) {
    while (!inner.at_end()) inner.walk();
  });
}

// A universal type has one encoding; what context tags hold, their definition says.
void DerReader::walk_primitive(Tag tag) {
  switch (tag) {
    case Tag::Boolean:
      boolean();
      return;
    case Tag::Integer:
    case Tag::Enumerated:
      integer(tag);
      return;
    case Tag::BitString:
      bit_string();
      return;
    case Tag::ObjectIdentifier:
      oid();
      return;
    case Tag::Null:
      null();
      return;
    case Tag::Ia5String:
      if (!std::ranges::all_of(next().content, is_ascii)) fail("an IA5String beyond ASCII");
      return;
    case Tag::PrintableString:
      if (!std::ranges::all_of(next().content, is_printable)) {
        fail("a PrintableString with a character that it cannot hold");
      }
      return;
    default:
      next();
  }
}

bool DerReader::expect(Tag tag) {
  if (failed_ || next_is(tag)) return !failed_;
  last_ = rest_.data();
  fail(rest_.empty() ? "a value is missing" : "another value is expected");
  return false;
}

ByteView DerReader::element(Tag tag) {
  if (!expect(tag)) return {};
  return next().content;
}

ByteView DerReader::whole_element(Tag tag) {
  if (!expect(tag)) return {};
  return next().whole;
}

std::size_t DerReader::header(Tag tag) {
  if (!expect(tag)) return 0;
  last_ = rest_.data();
  if (rest_.size() < 2) return fail("a value is missing or cut off"), 0;
  std::size_t octets = 1;
  const std::size_t length = content_length(octets);
  if (failed_) return 0;
  rest_ = rest_.subspan(octets);
  return length;
}

bool DerReader::boolean(Tag tag) {
  const ByteView content = element(tag);
  if (failed_) return false;
  if (content.size() != 1 || (content[0] != 0x00 && content[0] != 0xff)) {
    fail("a BOOLEAN that is neither 00 nor FF");
  }
  return !failed_ && content[0] == 0xff;
}

ByteView DerReader::integer(Tag tag) {
  const ByteView content = element(tag);
  if (!failed_ && !is_minimal(content)) fail("an integer that is not minimal");
  return failed_ ? ByteView{} : content;
}

std::uint32_t DerReader::small_integer(Tag tag) {
  const ByteView content = integer(tag);
  if (failed_) return 0;
  if (content.size() > 4 || (content[0] & 0x80U) != 0) {
    return fail("an integer below 0 or above 2147483647"), 0;
  }
  std::uint32_t value = 0;
  for (const std::uint8_t octet : content) value = value << 8 | octet;
  return value;
}

Oid DerReader::oid(Tag tag) {
  const ByteView content = element(tag);
  if (failed_) return {};
  const auto oid = Oid::from_content(content);
  if (!oid) return fail(oid.error().cause), Oid{};
  return *oid;
}

void DerReader::null() {
  const ByteView content = element(Tag::Null);
  if (!failed_ && !content.empty()) fail("a NULL with content");
}

DerReader::BitString DerReader::bit_string(Tag tag) {
  const ByteView content = element(tag);
  if (failed_) return {};
  const unsigned unused = content.empty() ? 8U : content[0];
  const bool possible = unused == 0 || (unused < 8 && content.size() > 1);
  if (!possible || (content.back() & ((1U << unused) - 1)) != 0) {
    return fail("a BIT STRING whose unused bits are not zero"), BitString{};
  }
  return {content.subspan(1), unused};
}

ByteView DerReader::bit_string_octets() {
  const auto bits = bit_string();
  if (bits.unused_bits != 0)
    return fail("a BIT STRING that does not end with an octet"), ByteView{};
  return bits.octets;
}

// Named bits have no trailing zero bits in DER (X.690, 11.2.2), and the first is the top bit.
std::uint16_t DerReader::named_bits(Tag tag) {
  const auto bits = bit_string(tag);
  if (failed_ || bits.octets.empty()) return 0;
  if (bits.octets.size() > 2) return fail("more named bits than are known"), std::uint16_t{0};
  if ((bits.octets.back() >> bits.unused_bits & 1U) == 0) {
    return fail("named bits that end with zeros"), std::uint16_t{0};
  }
  unsigned value = 0;
  const std::size_t count = bits.octets.size() * 8 - bits.unused_bits;
  for (std::size_t bit = 0; bit < count; ++bit) {
    const unsigned is_set = bits.octets[bit / 8] >> (7 - bit % 8) & 1U;
    value |= is_set << bit;
  }
  return static_cast<std::uint16_t>(value);
}

TimePoint DerReader::time() {
  const auto [tag, content, whole] = next();
  if (failed_) return {};
  const auto time = decode_time(tag, content);
  if (!time) return fail(time.error().cause), TimePoint{};
  return *time;
}

void DerReader::fail(std::string cause) {
  if (failed_) return;
  failed_ = true;
  failure_ = "octet " + std::to_string(last_ - origin_) + ": " + std::move(cause);
}

// No encoding is the beginning of another, so that none has to be padded as the standard does.
bool DerReader::precedes(ByteView left, ByteView right) {
  return std::ranges::lexicographical_compare(left, right);
}

void DerReader::leftover() {
  last_ = rest_.data();
  fail("more than is expected");
}

void DerReader::absorb(DerReader& inner) {
  if (!inner.failed_ && !inner.rest_.empty()) inner.leftover();
  if (!inner.failed_) return;
  failed_ = true;
  failure_ = std::move(inner.failure_);
}

Outcome DerReader::finish(std::string_view what) {
  if (!failed_ && !rest_.empty()) leftover();
  if (failed_) return Fault::malformed(std::string(what) + ": " + failure_);
  return {};
}

}  // namespace everseal::asn1
