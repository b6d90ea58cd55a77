#include "crypto/curves.h"

#include <algorithm>
#include <array>

namespace everseal::crypto {
namespace {

using namespace std::string_view_literals;

constexpr std::array curves{
    Curve{KeyAlgorithm::P256, "P-256", 32,
          "\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01"
          "\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07"sv},
    Curve{KeyAlgorithm::P384, "P-384", 48,
          "\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x22"sv},
    Curve{KeyAlgorithm::P521, "P-521", 66,
          "\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x23"sv},
};

constexpr std::uint8_t sequence = 0x30;
constexpr std::uint8_t bit_string = 0x03;
constexpr std::uint8_t one_length_octet = 0x81;

void append(Bytes& out, ByteView octets) { out.insert(out.end(), octets.begin(), octets.end()); }

// All lengths here are below 256.
void append_header(Bytes& out, std::uint8_t tag, std::size_t length) {
  out.push_back(tag);
  if (length >= 128) out.push_back(one_length_octet);
  out.push_back(static_cast<std::uint8_t>(length));
}

// What stands before a point of so many octets.
Bytes header_of(const Curve& curve, std::size_t point_octets) {
  const std::size_t bits = 1 + point_octets;
  Bytes inner = to_bytes(curve.identifier);
  append_header(inner, bit_string, bits);
  inner.push_back(0);  // no unused bits
  Bytes header;
  append_header(header, sequence, inner.size() + point_octets);
  append(header, inner);
  return header;
}

struct KnownHeader {
  const Curve* curve;
  std::size_t point_octets;
  Bytes header;
};

const std::array<KnownHeader, 6>& known_headers() {
  static const std::array<KnownHeader, 6> known = [] {
    std::array<KnownHeader, 6> made;
    for (std::size_t at = 0; at < made.size(); ++at) {
      const Curve& curve = curves[at / 2];
      const std::size_t octets = 1 + curve.coordinate_octets * (at % 2 == 0 ? 2 : 1);
      made[at] = {&curve, octets, header_of(curve, octets)};
    }
    return made;
  }();
  return known;
}

bool has_point_form(std::uint8_t first, bool uncompressed) {
  return uncompressed ? first == 4 : first == 2 || first == 3;
}

}  // namespace

const Curve& curve_of(KeyAlgorithm algorithm) {
  if (algorithm == KeyAlgorithm::P256) return curves[0];
  return algorithm == KeyAlgorithm::P384 ? curves[1] : curves[2];
}

std::optional<CurvePoint> read_curve_spki(ByteView der) {
  for (const auto& [curve, point_octets, header] : known_headers()) {
    if (der.size() != header.size() + point_octets) continue;
    if (!std::ranges::equal(der.first(header.size()), header)) continue;
    const ByteView point = der.last(point_octets);
    const bool uncompressed = point_octets > 1 + curve->coordinate_octets;
    if (has_point_form(point.front(), uncompressed)) return CurvePoint{curve, point};
  }
  return std::nullopt;
}

Bytes write_curve_spki(const Curve& curve, ByteView point) {
  Bytes der = header_of(curve, point.size());
  append(der, point);
  return der;
}

}  // namespace everseal::crypto
