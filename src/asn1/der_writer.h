#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "asn1/oid.h"
#include "asn1/tag.h"
#include "clock/clock.h"
#include "encoding/bytes.h"

namespace everseal::asn1 {

// Writes DER into one buffer, in the order of the ASN.1. The length of a constructed value is put
// in when its body ends: one octet is kept free for it, and only a body of 128 octets or more is
// moved, by at most four.
//
//   DerWriter out;
//   out.sequence([&] {
//     out.time(validity.not_before);
//     out.time(validity.not_after);
//   });
//   Bytes der = std::move(out).take();
class DerWriter {
 public:
  explicit DerWriter(std::size_t expected_octets = 256) { buffer_.reserve(expected_octets); }

  // `body` takes nothing and writes to this writer what stands inside.
  template <class Body>
  void constructed(Tag tag, Body&& body) {
    const std::size_t start = begin(tag);
    std::forward<Body>(body)();
    end(start);
  }
  template <class Body>
  void sequence(Body&& body) {
    constructed(Tag::Sequence, std::forward<Body>(body));
  }
  template <class Body>
  void set(Body&& body) {
    constructed(Tag::Set, std::forward<Body>(body));
  }
  // DER inside an OCTET STRING.
  template <class Body>
    requires std::invocable<Body>
  void octet_string(Body&& body) {
    constructed(Tag::OctetString, std::forward<Body>(body));
  }

  void element(Tag tag, ByteView content);
  void text(Tag tag, std::string_view content) { element(tag, as_bytes(content)); }
  void boolean(bool value, Tag tag = Tag::Boolean);
  void integer(std::uint64_t value, Tag tag = Tag::Integer);
  // A number that is not negative, big-endian; leading zeros are dropped.
  void integer(ByteView magnitude, Tag tag = Tag::Integer);
  void oid(const Oid& value, Tag tag = Tag::ObjectIdentifier) { element(tag, value.content()); }
  void null() { element(Tag::Null, {}); }
  void octet_string(ByteView octets) { element(Tag::OctetString, octets); }
  void bit_string(ByteView octets);
  // A named bit list: bit n of `bits` is bit (n) of the ASN.1 definition.
  void named_bits(std::uint16_t bits, Tag tag = Tag::BitString);
  void time(TimePoint value);  // see asn1/time.h; throws if it is not encodable
  void raw(ByteView der);      // values that are already encoded
  // The tag and the length of a value whose content is written elsewhere.
  void header(Tag tag, std::size_t length);

  ByteView written() const { return buffer_; }
  Bytes take() && { return std::move(buffer_); }

 private:
  std::size_t begin(Tag tag);
  void end(std::size_t start);

  Bytes buffer_;
};

}  // namespace everseal::asn1
