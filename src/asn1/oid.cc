#include "asn1/oid.h"

namespace everseal::asn1 {
namespace {

__extension__ using Arc = unsigned __int128;

std::string decimal(Arc value) {
  std::string digits;
  do {
    digits.push_back(static_cast<char>('0' + static_cast<int>(value % 10)));
    value /= 10;
  } while (value != 0);
  return {digits.rbegin(), digits.rend()};
}

// Takes one number in base 128 off the octets; the caller has checked that one is there.
Arc take_arc(ByteView& octets) {
  Arc arc = 0;
  std::size_t used = 0;
  do {
    arc = arc << 7 | (octets[used] & 0x7fU);
  } while ((octets[used++] & 0x80U) != 0);
  octets = octets.subspan(used);
  return arc;
}

// Whether an arc of these octets, the first of which is the most significant, is below 2^128.
bool fits(ByteView digits) {
  constexpr std::size_t kDigits = 19;  // 7 bits each: 133
  return digits.size() < kDigits || (digits.size() == kDigits && (digits[0] & 0x7fU) < 4);
}

bool is_well_formed(ByteView content) {
  std::size_t arc_start = 0;
  for (std::size_t at = 0; at < content.size(); ++at) {
    if (at == arc_start && content[at] == 0x80) return false;  // padded
    if ((content[at] & 0x80U) != 0) continue;
    if (!fits(content.subspan(arc_start, at + 1 - arc_start))) return false;
    arc_start = at + 1;
  }
  return !content.empty() && arc_start == content.size();
}

}  // namespace

Result<Oid> Oid::parse(std::string_view dotted) {
  const auto oid = try_parse(dotted);
  if (!oid) return Fault::malformed("object identifier: not dotted decimal within our limits");
  return *oid;
}

Result<Oid> Oid::from_content(ByteView content) {
  if (content.size() > kMaxOctets) return Fault::malformed("object identifier: too long");
  if (!is_well_formed(content)) return Fault::malformed("object identifier: not in DER");
  Oid oid;
  std::copy(content.begin(), content.end(), oid.octets_.begin());
  oid.size_ = static_cast<std::uint8_t>(content.size());
  return oid;
}

std::string Oid::text() const {
  ByteView left = content();
  if (left.empty()) return {};
  const Arc first_two = take_arc(left);
  const Arc first = first_two < 80 ? first_two / 40 : 2;
  std::string text = decimal(first) + '.' + decimal(first_two - first * 40);
  while (!left.empty()) text += '.' + decimal(take_arc(left));
  return text;
}

}  // namespace everseal::asn1
