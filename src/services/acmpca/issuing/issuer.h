#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "aws/access.h"
#include "clock/clock.h"
#include "crypto/algorithms.h"
#include "encoding/bytes.h"
#include "random/random.h"
#include "result/result.h"
#include "services/acmpca/announcing/announcer.h"
#include "services/acmpca/model/enums.h"
#include "services/acmpca/signing/ready_authorities.h"
#include "sql/database.h"

// How other services of this program get certificates from a CA: without HTTP, and in a transaction
// of their own.
namespace everseal::acmpca {

// A certificate for a server or client: template EndEntityCertificate/V1, subject CN=<common name>.
struct CertificateOrder {
  // On whose rights it is issued. Those of a caller were checked by whoever takes the order. A
  // service needs a permission on the CA to IssueCertificate, GetCertificate and ListPermissions,
  // given for this account.
  enum class Rights { Caller, Service };

  std::string certificate_authority_arn;
  std::string account;  // of the CA; another account's CA is not found
  std::string region;
  Rights rights = Rights::Caller;
  std::string requested_by;              // the caller's ARN, or the service: "acm.amazonaws.com"
  crypto::KeyAlgorithm key_algorithm{};  // its family must be that of the CA's key

  std::string common_name;
  std::vector<std::string> dns_names;     // dNSName entries in this order
  std::vector<std::string> ip_addresses;  // "127.0.0.1", "::1"; after them

  TimePoint not_before;  // both are floored to seconds
  TimePoint not_after;
};

struct IssuerRefusal {
  enum class Reason {
    InvalidArn,       // not a CA of this region
    NotFound,         // no such CA, or deleted for good
    InvalidState,     // not ACTIVE
    AccessDenied,     // Rights::Service without the permission
    InvalidArgs,      // a SHORT_LIVED_CERTIFICATE CA, a key of the other family
    InvalidDuration,  // not_after lies beyond the CA's own
    LimitExceeded,    // as many certificates as its CRLs allow
    NameConstraints,  // a name that the CA's certificate, or one above it, does not permit
    RequestFailed,    // something below failed; later may work
  };
  Reason reason;
  std::string message;
};

// Signed but not yet true: it and its leaf of the issuance log become so when the transaction that
// `store` ran in is committed. One that is dropped was never issued, and its octets must not leave
// the process.
class SignedCertificate {
 public:
  SignedCertificate(SignedCertificate&&) noexcept;
  SignedCertificate& operator=(SignedCertificate&&) noexcept;
  ~SignedCertificate();

  const Bytes& certificate() const;         // DER
  const std::vector<Bytes>& chain() const;  // DER; the issuing CA first, the root last
  // May be called again, in another transaction, if the first one was undone. Conflict: the CA was
  // changed after the signature (disabled, deleted, another certificate), or has issued as many as
  // it may: sign anew.
  Outcome store(sql::Transaction& tx) const;

 private:
  friend class Issuer;
  struct State;
  explicit SignedCertificate(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Thread-safe.
class Issuer {
 public:
  Issuer(sql::Database& database, const Clock& clock, ReadyAuthorities& authorities, Random& random,
         Announcer& announcer, Settings settings = {});

  // What whoever takes an order judges its caller by: this CA and, if a policy asks, its tags.
  aws::Access access(const std::string& certificate_authority_arn) const;

  // Whether `sign` would refuse for what is known before there is a key. Cheap.
  Result<void, IssuerRefusal> check(const CertificateOrder& order) const;

  // `public_key_info` is the SubjectPublicKeyInfo, DER.
  Result<SignedCertificate, IssuerRefusal> sign(const CertificateOrder& order,
                                                ByteView public_key_info) const;

  // Revokes a certificate of that CA for a service of this program, in its transaction; one that is
  // revoked stays as it is. Conflict: it cannot be revoked now, and why.
  Outcome revoke(sql::Transaction& tx, std::string_view certificate_authority_arn,
                 std::string_view serial_hex, RevocationReason reason) const;

 private:
  Result<SignedCertificate, IssuerRefusal> try_to_sign(const CertificateOrder& order,
                                                       ByteView public_key_info) const;

  sql::Database& database_;
  const Clock& clock_;
  ReadyAuthorities& authorities_;
  Random& random_;
  Announcer& announcer_;
  const Settings settings_;
};

}  // namespace everseal::acmpca
