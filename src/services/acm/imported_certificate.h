#pragma once

#include <string>
#include <vector>

#include "aws/api_error.h"
#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "secret/secret.h"
#include "services/acm/certificate.h"

namespace everseal::acm {

// What somebody brings along, as it came.
struct ImportedTexts {
  ByteView certificate;    // PEM
  const SecretBytes& key;  // PEM
  ByteView chain;          // PEM; empty if there is none
};

// The same, understood and checked.
struct ImportedCertificate {
  CertificateFacts facts;
  std::vector<std::string> names;
  KeyAlgorithm key_algorithm{};
  Bytes certificate;  // DER
  std::string chain;  // PEM, each certificate certifying the one before
  SecretBytes key;    // PKCS#8, DER
};

// ValidationException: not PEM; not X.509 v3; outside its validity; without an issuer; an OCSP
// address above 1000 characters; a key that is encrypted or another one; a chain that holds the
// certificate itself, is not in order, does not begin with its issuer, or whose first key is of
// another family than the certificate's. A certificate without a chain is taken as it is.
Result<ImportedCertificate, ApiError> read_import(const ImportedTexts& texts, TimePoint now);

// Whether the one may take the place of the other behind the same ARN: the same key algorithm, at
// least one name in common (if there were names), and no usage of the key lost.
// ValidationException with the rule that is broken.
Result<void, ApiError> may_replace(const Certificate& old, const ImportedCertificate& successor);

}  // namespace everseal::acm
