#pragma once

#include <chrono>

#include "clock/clock.h"
#include "crypto/algorithms.h"
#include "encoding/bytes.h"
#include "issuance/issue.h"
#include "issuance/issuer.h"
#include "random/random.h"
#include "x509/certificate.h"

// The certificate by which a CA lets another key answer for it (RFC 6960, 4.2.2.2), so that the
// CA's own key is not used by everybody who asks.
namespace everseal::issuance::ocsp {

struct ResponderOrder {
  ByteView public_key_info;                        // SubjectPublicKeyInfo of the responder's key
  crypto::SignatureAlgorithm signature_algorithm;  // the CA's
  std::chrono::seconds lifetime = std::chrono::days(30);
};

// By the template OCSPSigningCertificate, with id-pkix-ocsp-nocheck: who would be asked whether the
// responder is revoked? Hence the short life, and no place where revocations would be found. Its
// subject is the CA's, with the common name "OCSP Responder". It ends no later than the CA does, or
// than the CA lets certificates end.
Result<IssuedCertificate, Refusal> issue_responder_certificate(const Issuer& issuer,
                                                               const x509::Certificate& ca,
                                                               const ResponderOrder& order,
                                                               TimePoint now, Random& random);

// When the next one should be made: in the middle of its life.
TimePoint renewal_due(const x509::Validity& validity);

}  // namespace everseal::issuance::ocsp
