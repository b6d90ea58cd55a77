#include "x509/key_identifier.h"

#include "crypto/digest.h"
#include "x509/public_key_info.h"

namespace everseal::x509 {

Result<Bytes> key_identifier(ByteView public_key_info) {
  asn1::DerReader in(public_key_info);
  const ByteView key = read_public_key_info(in).key;
  if (const auto done = in.finish("public key"); !done) return done.error();
  return to_bytes(crypto::sha1(key));
}

Result<Bytes> issuer_key_identifier(const Certificate& issuer) {
  auto own = issuer.extensions().get<SubjectKeyIdentifier>();
  if (!own) return std::move(own).error();
  if (*own) return std::move((*own)->key_id);
  return key_identifier(issuer.public_key_info());
}

}  // namespace everseal::x509
