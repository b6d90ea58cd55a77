#include "crypto/second_opinion.h"

#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "crypto/openssl.h"

namespace everseal::crypto {
namespace {

using X509Certificate = std::unique_ptr<X509, FreeWith<X509_free>>;

X509Certificate decode(ByteView der) {
  const unsigned char* at = der.data();
  X509Certificate decoded(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (at != der.data() + der.size()) return nullptr;
  return decoded;
}

Pkey decode_key(ByteView spki) {
  const unsigned char* at = spki.data();
  return Pkey(d2i_PUBKEY(nullptr, &at, static_cast<long>(spki.size())));
}

}  // namespace

Outcome second_opinion(ByteView certificate, ByteView issuer_spki) {
  const QuietErrors quiet;
  const X509Certificate decoded = decode(certificate);
  if (!decoded) return Fault::malformed(explained("certificate cannot be decoded"));
  const Pkey key = decode_key(issuer_spki);
  if (!key) return Fault::malformed(explained("the issuer's key cannot be decoded"));
  // Reads all extensions, and remembers whether they made sense.
  if (X509_check_purpose(decoded.get(), -1, 0) != 1 ||
      (X509_get_extension_flags(decoded.get()) & EXFLAG_INVALID) != 0) {
    return Fault::malformed(explained("extensions are malformed"));
  }
  if (X509_verify(decoded.get(), key.get()) == 1) return {};
  return Fault::malformed(explained("the signature is not the issuer's"));
}

}  // namespace everseal::crypto
