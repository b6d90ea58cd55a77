#include "issuance/log/leaf.h"

namespace everseal::issuance::log {
namespace {

constexpr std::uint8_t format = 1;

// Big-endian.
void append_number(Bytes& out, std::uint64_t number, int octets) {
  for (int at = octets - 1; at >= 0; --at) {
    out.push_back(static_cast<std::uint8_t>(number >> (8 * at)));
  }
}

void append_text(Bytes& out, std::string_view text) {
  append_number(out, text.size(), 2);
  out.insert(out.end(), text.begin(), text.end());
}

}  // namespace

std::string_view to_string(Leaf::Kind kind) {
  switch (kind) {
    case Leaf::Kind::Certificate:
      return "certificate";
    case Leaf::Kind::Crl:
      return "CRL";
    case Leaf::Kind::OcspSigner:
      return "OCSP signer";
    case Leaf::Kind::Import:
      return "import";
  }
  return "unknown";
}

Bytes encode(const Leaf& leaf, std::uint64_t position) {
  Bytes out;
  out.reserve(64 + leaf.authority.size() + leaf.object.size());
  out.push_back(format);
  append_number(out, position, 8);
  out.push_back(static_cast<std::uint8_t>(leaf.kind));
  append_number(out, static_cast<std::uint64_t>(to_millis(leaf.time)), 8);
  append_text(out, leaf.authority);
  append_text(out, leaf.object);
  out.insert(out.end(), leaf.digest.begin(), leaf.digest.end());
  return out;
}

}  // namespace everseal::issuance::log
