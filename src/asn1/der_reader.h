#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "asn1/oid.h"
#include "asn1/tag.h"
#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::asn1 {

// Reads DER (X.690) from left to right without copying: every view lies within the input. Nothing
// but DER passes: no indefinite or padded lengths, no padded integers, no BOOLEAN but 00 and FF.
//
// A failure sticks: from then on every step answers an empty value, at_end() is true and loops end.
// So a parser reads as the ASN.1 does, and asks once, at the end:
//
//   DerReader in(der);
//   in.sequence([&](DerReader& validity) {
//     not_before = validity.time();
//     not_after = validity.time();
//   });
//   if (const auto done = in.finish("validity"); !done) return done.error();
//
// A body that leaves octets unread makes the reader fail, so nothing hides behind a value.
class DerReader {
 public:
  static constexpr int kMaxDepth = 32;  // values within values; more fails

  struct Element {
    Tag tag{};
    ByteView content;
    ByteView whole;  // with tag and length
  };
  struct BitString {
    ByteView octets;
    unsigned unused_bits = 0;  // of the last octet; they are zero
  };

  explicit DerReader(ByteView der) : DerReader(der, der.data(), 0) {}

  // Nothing is left, or the reader has failed.
  bool at_end() const { return rest_.empty() || failed_; }
  bool failed() const { return failed_; }
  // Whether a value with this tag is next: for OPTIONAL and CHOICE.
  bool next_is(Tag tag) const { return !at_end() && rest_[0] == static_cast<std::uint8_t>(tag); }
  Tag next_tag() const { return at_end() ? Tag{} : static_cast<Tag>(rest_[0]); }

  Element any();                    // whatever is next, well-formed down to its leaves
  ByteView element(Tag tag);        // the content of a value with this tag
  ByteView whole_element(Tag tag);  // the same with tag and length
  // The tag and the length of a value whose content stands elsewhere, or is what follows here.
  std::size_t header(Tag tag);

  // Opens a constructed value; `body` takes a DerReader& and has to read all of it.
  template <class Body>
  void constructed(Tag tag, Body&& body) {
    within(element(tag), std::forward<Body>(body));
  }
  template <class Body>
  void sequence(Body&& body) {
    constructed(Tag::Sequence, std::forward<Body>(body));
  }
  template <class Body>
  void set(Body&& body) {
    constructed(Tag::Set, std::forward<Body>(body));
  }
  // What is left, as the elements of a SET OF with at least one: `each` reads one. DER has them in
  // the order of their octets (X.690, 11.6).
  template <class Each>
  void in_order(Each&& each) {
    ByteView previous;
    do {
      const ByteView element = octets_read_by(each);
      if (!failed_ && precedes(element, previous)) fail("a SET OF that is not in order");
      previous = element;
    } while (!at_end());
  }
  // DER inside an OCTET STRING.
  template <class Body>
  void octet_string(Body&& body) {
    constructed(Tag::OctetString, std::forward<Body>(body));
  }

  // What `body` reads from this reader, as one view; empty if it fails.
  template <class Body>
  ByteView octets_read_by(Body&& body) {
    const ByteView before = rest_;
    std::forward<Body>(body)(*this);
    return failed_ ? ByteView{} : before.first(before.size() - rest_.size());
  }

  bool boolean(Tag tag = Tag::Boolean);
  // Two's complement, minimal, at least one octet.
  ByteView integer(Tag tag = Tag::Integer);
  // An INTEGER from 0 to 2^31-1.
  std::uint32_t small_integer(Tag tag = Tag::Integer);
  Oid oid(Tag tag = Tag::ObjectIdentifier);
  void null();
  ByteView octet_string() { return element(Tag::OctetString); }
  BitString bit_string(Tag tag = Tag::BitString);
  // A BIT STRING of whole octets: keys and signatures.
  ByteView bit_string_octets();
  // A named bit list of at most 16 bits; bit n of the answer is bit (n) of the ASN.1 definition.
  std::uint16_t named_bits(Tag tag = Tag::BitString);
  TimePoint time();  // UTCTime or GeneralizedTime, see asn1/time.h

  // A rule above DER is broken: says which. The first failure stays.
  void fail(std::string cause);

  // Done, or Malformed: "<what>: octet 17: the length is not minimal". Octets left unread are a
  // failure too.
  Outcome finish(std::string_view what);

 private:
  DerReader(ByteView der, const std::uint8_t* origin, int depth)
      : rest_(der), origin_(origin), last_(der.data()), depth_(depth) {}

  template <class Body>
  void within(ByteView content, Body&& body) {
    if (failed_) return;
    if (depth_ == kMaxDepth) return fail("nested too deep");
    DerReader inner(content, origin_, depth_ + 1);
    std::forward<Body>(body)(inner);
    absorb(inner);
  }
  static bool precedes(ByteView left, ByteView right);
  Element next();
  void walk();
  void walk_primitive(Tag tag);
  bool expect(Tag tag);
  void leftover();
  void absorb(DerReader& inner);
  std::size_t content_length(std::size_t& header);

  ByteView rest_;
  const std::uint8_t* origin_;  // where the outermost value begins: for messages
  const std::uint8_t* last_;    // where the value begins that was read last: likewise
  int depth_;
  bool failed_ = false;
  std::string failure_;
};

// One value out of octets that hold nothing else: `read` fills it, or makes the reader fail.
//   return asn1::parse_as<KeyUsage>(value, "keyUsage", [](DerReader& in, KeyUsage& usage) {
//     usage.bits = in.named_bits();
//   });
template <class Value, class Read>
Result<Value> parse_as(ByteView der, std::string_view what, Read&& read) {
  DerReader in(der);
  Value value;
  std::forward<Read>(read)(in, value);
  if (const auto done = in.finish(what); !done) return done.error();
  return value;
}

}  // namespace everseal::asn1
