#include "crypto/name_text.h"

#include <openssl/bio.h>
#include <openssl/x509.h>

#include "crypto/openssl.h"

namespace everseal::crypto {

Result<std::string> name_as_openssl_prints_it(ByteView der) {
  const QuietErrors quiet;
  const unsigned char* at = der.data();
  const std::unique_ptr<X509_NAME, FreeWith<X509_NAME_free>> name(
      d2i_X509_NAME(nullptr, &at, static_cast<long>(der.size())));
  if (!name || at != der.data() + der.size()) return Fault::malformed(explained("a name"));
  const std::unique_ptr<BIO, FreeWith<BIO_free_all>> out(
      required(BIO_new(BIO_s_mem()), "memory for a name"));
  if (X509_NAME_print_ex(out.get(), name.get(), 0, XN_FLAG_RFC2253) < 0) {
    return Fault::malformed(explained("a name cannot be printed"));
  }
  const char* text = nullptr;
  const long length = BIO_ctrl(out.get(), BIO_CTRL_INFO, 0, static_cast<void*>(&text));
  return std::string(text, static_cast<std::size_t>(length));
}

}  // namespace everseal::crypto
