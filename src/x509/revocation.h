#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <variant>

#include "clock/clock.h"
#include "result/result.h"
#include "x509/certificate.h"
#include "x509/chain.h"
#include "x509/crl.h"

// What CRLs say of certificates: RFC 5280, 6.3, for CRLs that speak of their own issuer's
// certificates. Indirect CRLs do not get past Crl::parse(), and a distribution point that names
// another CRL issuer is not looked at.
namespace everseal::x509 {

struct NotRevoked {
  friend bool operator==(const NotRevoked&, const NotRevoked&) = default;
};
struct Revoked {
  TimePoint at;
  CrlReason reason;
  friend bool operator==(const Revoked&, const Revoked&) = default;
};
struct Undetermined {
  std::string cause;  // for the log: why which CRL was not used
  friend bool operator==(const Undetermined&, const Undetermined&) = default;
};
using Revocation = std::variant<NotRevoked, Revoked, Undetermined>;

struct CrlEvidence {
  std::span<const Crl> crls;  // in any order, those of other issuers and delta CRLs among them
  // The moment in which a CRL must be current: neither of the future, nor outdated, nor without a
  // nextUpdate. Nothing: that is not judged.
  std::optional<TimePoint> at = {};
};

// Whether `signer`'s key made the signature of `crl`.
using CrlVerifier = std::function<bool(const Certificate& signer, const Crl& crl)>;

// Through crypto::PublicKey.
bool crl_signed_by(const Certificate& signer, const Crl& crl);

// `signers` are the certificates whose keys may sign CRLs for the issuer of `certificate`: that
// which issued it, and others of the same name, of which the caller knows that they are valid below
// the same anchor. A key usage without cRLSign rules one out.
//   Revoked       One of the CRLs that may speak of the certificate lists it, for whatever reason,
//                 and the newest delta CRL to it has not taken it off.
//   NotRevoked    Together they speak of all reasons, and none of them lists it.
//   Undetermined  Otherwise.
// A CRL may speak of a certificate if it is current, a signer's key signed it, its scope has
// certificates of this kind, and its distribution point is one of the certificate's; a certificate
// without points has one, named as its issuer. A delta CRL counts only beside a complete CRL of
// the same scope that is not older than its base.
Revocation revocation_of(const Certificate& certificate, std::span<const Certificate> signers,
                         const CrlEvidence& evidence, const CrlVerifier& verify = crl_signed_by);

struct PathRevocation {
  std::size_t index;      // of the certificate in the path
  Revocation revocation;  // Revoked or Undetermined
};

struct PathVerifiers {
  SignatureVerifier certificate = signed_by;
  CrlVerifier crl = crl_signed_by;
};

// Whether none of a path that validate_chain() found valid is revoked, but for its anchor, of which
// nobody above speaks. An issuer may have several keys: its CRLs may also be signed by those of
// certificates with its name that stand further above in the path (self-issued ones below them
// brought the key that is used), and of those among `others` that one of the path above signed
// and that are themselves valid and, by the keys of the path alone, not revoked.
Result<void, PathRevocation> check_revocation(std::span<const Certificate> path,
                                              std::span<const Certificate> others,
                                              const CrlEvidence& evidence,
                                              const PathVerifiers& verify = {});

}  // namespace everseal::x509
