#include "asn1/der.h"

#include "asn1/der_reader.h"
#include "asn1/time.h"

namespace everseal::asn1 {
namespace {

// A universal primitive type has one encoding; context tags hold what their definition says.
void walk_primitive(DerReader& in) {
  switch (in.next_tag()) {
    case Tag::Boolean:
      in.boolean();
      return;
    case Tag::Integer:
    case Tag::Enumerated:
      in.integer(in.next_tag());
      return;
    case Tag::BitString:
      in.bit_string();
      return;
    case Tag::ObjectIdentifier:
      in.oid();
      return;
    case Tag::Null:
      in.null();
      return;
    default:
      in.any();
  }
}

void walk(DerReader& in) {
  const Tag tag = in.next_tag();
  if (!is_constructed(tag)) return walk_primitive(in);
  in.constructed(tag, [](DerReader& inner) {
    while (!inner.at_end()) walk(inner);
  });
}

}  // namespace

Result<Der> Der::parse(Bytes octets) {
  DerReader in(octets);
  if (in.at_end()) return Fault::malformed("DER: empty");
  walk(in);
  if (const auto done = in.finish("DER"); !done) return done.error();
  return Der(std::move(octets));
}

}  // namespace everseal::asn1
