#include "asn1/der.h"

#include "asn1/der_reader.h"

namespace everseal::asn1 {

Result<Der> Der::parse(Bytes octets) {
  DerReader in(octets);
  in.any();
  if (const auto done = in.finish("DER"); !done) return done.error();
  return Der(std::move(octets));
}

}  // namespace everseal::asn1
