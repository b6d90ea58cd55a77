#pragma once

#include <string>

#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::crypto {

// A distinguished name (DER) as OpenSSL prints it by RFC 2253, and so every program built on it:
// "CN=Device CA,O=Example,C=SE". Octets above 127 are escaped. For agreeing with such a program to
// the octet; x509::Name::text is what people read. Malformed: OpenSSL cannot decode it.
Result<std::string> name_as_openssl_prints_it(ByteView der);

}  // namespace everseal::crypto
