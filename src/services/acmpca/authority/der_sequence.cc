#include "services/acmpca/authority/der_sequence.h"

#include "asn1/der_reader.h"

namespace everseal::acmpca {

Bytes join_der(const std::vector<Bytes>& values) {
  Bytes joined;
  for (const auto& value : values) joined.insert(joined.end(), value.begin(), value.end());
  return joined;
}

Result<std::vector<Bytes>> split_der(ByteView joined) {
  std::vector<Bytes> values;
  asn1::DerReader in(joined);
  while (!in.at_end()) values.push_back(to_bytes(in.any().whole));
  if (const auto done = in.finish("DER values in sequence"); !done) return done.error();
  return values;
}

}  // namespace everseal::acmpca
