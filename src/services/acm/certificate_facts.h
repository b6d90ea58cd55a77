#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "result/result.h"
#include "services/acm/certificate.h"
#include "services/acm/enums.h"
#include "x509/certificate.h"

// From an X.509 certificate to what the API says about it.
namespace everseal::acm {

// Malformed: a key usage or extended key usage that is not one, or a signature algorithm without a
// name in the API.
Result<CertificateFacts> facts_of(const x509::Certificate& certificate);

// The DNS names, in lower case, each once and only if it is printable ASCII: first the common name
// if it is one of them or looks like one, then the alternative names in their order.
Result<std::vector<std::string>> names_of_certificate(const x509::Certificate& certificate);

// An element of CertificateFacts::extended_key_usages, in its two parts.
struct ExtendedKeyUsageFact {
  ExtendedKeyUsageName name;
  std::string oid;  // empty for NONE
};
ExtendedKeyUsageFact parse_extended_key_usage(std::string_view fact);

}  // namespace everseal::acm
