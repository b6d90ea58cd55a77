#include "x509/ocsp_nonce.h"

#include "x509/ocsp_request.h"

namespace everseal::x509 {

Bytes read_ocsp_nonce(asn1::DerReader& in, ByteView value) {
  asn1::DerReader inside(value);
  const ByteView nonce = inside.octet_string();
  if (const auto done = inside.finish("nonce"); !done) return in.fail(done.error().cause), Bytes();
  if (nonce.empty() || nonce.size() > OcspRequest::kMaxNonceOctets) {
    return in.fail("a nonce that is empty or too long"), Bytes();
  }
  return to_bytes(nonce);
}

}  // namespace everseal::x509
