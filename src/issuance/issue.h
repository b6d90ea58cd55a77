#pragma once

#include <functional>
#include <optional>
#include <variant>

#include "clock/clock.h"
#include "crypto/algorithms.h"
#include "issuance/api_passthrough.h"
#include "issuance/issuer.h"
#include "issuance/refusal.h"
#include "issuance/template.h"
#include "issuance/validity_period.h"
#include "random/random.h"
#include "result/result.h"
#include "x509/csr.h"
#include "x509/tbs_certificate.h"

// One certificate, from what was asked to what is signed:
//
//   template > API > CSR  ->  TBS bytes  ->  read back  ->  every lint  ->  proof  ->  signature
namespace everseal::issuance {

// A key that this program made itself: there is nothing to prove. Subject and subject alternative
// names then come from Order::passthrough, whatever the template.
struct OwnKey {
  ByteView public_key_info;
};

// Whose key the certificate is for. The signature of a CSR is verified.
using Applicant = std::variant<std::reference_wrapper<const x509::Csr>, OwnKey>;

// References: what they point to outlives the call.
struct Order {
  const Template& certificate_template;
  Applicant applicant;
  crypto::SignatureAlgorithm signature_algorithm;
  ValidityPeriod validity;
  std::optional<ValidityPeriod> not_before = {};  // Absolute only; nothing: now minus 60 minutes
  ApiPassthrough passthrough = {};
};

struct IssuedCertificate {
  Bytes der;
  x509::TbsCertificate tbs;  // its parts: serial, validity, subject, ...
};

// Verifies the CSR, applies the template, checks what the issuer may sign, and signs.
// The serial has 16 random octets. RootCACertificate signs the CA's own CSR with the CA's own key,
// and its issuer is its subject; every other template needs an issuer with a certificate.
// CA certificates are judged by OpenSSL too before they are handed out.
Result<IssuedCertificate, Refusal> issue(const Issuer& issuer, const Order& order, TimePoint now,
                                         Random& random);

}  // namespace everseal::issuance
