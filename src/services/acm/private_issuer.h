#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/access.h"
#include "crypto/algorithms.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "services/acm/enums.h"
#include "sql/database.h"

// What ACM needs of a private certificate authority; Private CA gives it.
namespace everseal::acm {

// One certificate that ACM wants: subject CN=<common name> and nothing else, template
// EndEntityCertificate/V1 (digitalSignature and keyEncipherment, serverAuth and clientAuth).
struct CertificateOrder {
  // On whose rights the certificate is issued. The rights of a caller were checked when the request
  // was made; the service needs the CA's permission for acm.amazonaws.com to IssueCertificate,
  // GetCertificate and ListPermissions, given to this account.
  enum class Rights { Caller, Service };

  std::string certificate_authority_arn;
  std::string account;  // of the certificate; its region is that of the CA
  std::string region;
  Rights rights = Rights::Caller;
  std::string requested_by;              // the caller's ARN, or "acm.amazonaws.com"
  crypto::KeyAlgorithm key_algorithm{};  // its family must be that of the CA's key

  std::string common_name;
  std::vector<std::string> dns_names;  // dNSName entries in this order
  // Only in the certificate of Everseal's own server, whose dns_names may also be single labels.
  std::vector<std::string> ip_addresses;  // "127.0.0.1", "::1"

  TimePoint not_before;  // both are floored to seconds
  TimePoint not_after;
};

// Why the CA does not issue: one of the PCA_ reasons, and a sentence for the log.
struct Refusal {
  FailureReason reason = FailureReason::Other;
  std::string message;
};

// A certificate that is signed but not yet true: it and its leaf of the issuance log become so when
// the transaction that `store` ran in is committed. One that is dropped was never issued, and its
// octets must not leave the process.
class SignedCertificate {
 public:
  virtual ~SignedCertificate() = default;
  virtual const Bytes& certificate() const = 0;         // DER
  virtual const std::vector<Bytes>& chain() const = 0;  // DER; the issuing CA first, the root last
  // May be called again, in another transaction, if the first one was undone.
  virtual Outcome store(sql::Transaction& tx) = 0;
};

// One certificate of a private CA that is to be revoked.
struct Revocation {
  std::string certificate_authority_arn;
  std::string serial;  // hexadecimal
  RevocationReason reason{};
};

// Thread-safe.
class PrivateIssuer {
 public:
  virtual ~PrivateIssuer() = default;

  // The right to use this CA, be it there or not: its resource, and its tags if a policy asks.
  virtual aws::Access access(const std::string& certificate_authority_arn) = 0;

  // Whether `sign` would be refused for what is known before there is a key: the CA, its state,
  // validity, permission and name constraints, and the key family. Cheap: asked before a key is
  // taken from the pool.
  virtual Result<void, Refusal> check(const CertificateOrder& order) = 0;

  // `public_key_info` is the SubjectPublicKeyInfo, DER. Refusals:
  //   PCA_INVALID_ARN        not a CA of this region
  //   PCA_RESOURCE_NOT_FOUND no such CA, or deleted for good
  //   PCA_INVALID_STATE      not ACTIVE
  //   PCA_ACCESS_DENIED      Rights::Service without the permission
  //   PCA_INVALID_ARGS       a SHORT_LIVED_CERTIFICATE CA, or a key of the other family
  //   PCA_INVALID_DURATION   not_after lies beyond the CA's own
  //   PCA_NAME_CONSTRAINTS_VALIDATION, PCA_LIMIT_EXCEEDED
  //   PCA_REQUEST_FAILED     something below failed; later may work
  virtual Result<std::unique_ptr<SignedCertificate>, Refusal> sign(const CertificateOrder& order,
                                                                   ByteView public_key_info) = 0;

  // Revokes in the transaction that tells it here; what was revoked before stays so. Conflict: the
  // CA cannot revoke it now, and why.
  virtual Outcome revoke(sql::Transaction& tx, const Revocation& revocation) = 0;
};

}  // namespace everseal::acm
