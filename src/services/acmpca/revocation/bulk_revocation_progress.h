#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

#include "clock/clock.h"
#include "services/acmpca/authority/authority_arn.h"
#include "services/acmpca/revocation/bulk_revocation_store.h"

namespace everseal::acmpca {

// How far the revocation of all that a CA issued is, as its operations answer it.
struct BulkRevocationProgress {
  std::string certificate_authority_arn;
  RevocationReason revocation_reason;
  std::string requested_by;  // ARN
  TimePoint started_at;
  std::optional<TimePoint> ended_at;  // absent: it goes on
  std::int64_t certificates;          // that the CA had issued when it began
  std::int64_t looked_at;             // of them, and so the rest
  std::int64_t revoked;
  std::int64_t revoked_before;
  std::int64_t skipped;  // expired, or the CA's own

  static constexpr auto fields = std::tuple{
      aws::required("CertificateAuthorityArn", &BulkRevocationProgress::certificate_authority_arn),
      aws::required("RevocationReason", &BulkRevocationProgress::revocation_reason),
      aws::required("RequestedBy", &BulkRevocationProgress::requested_by),
      aws::required("StartedAt", &BulkRevocationProgress::started_at),
      aws::optional("EndedAt", &BulkRevocationProgress::ended_at),
      aws::required("Certificates", &BulkRevocationProgress::certificates),
      aws::required("LookedAt", &BulkRevocationProgress::looked_at),
      aws::required("Revoked", &BulkRevocationProgress::revoked),
      aws::required("RevokedBefore", &BulkRevocationProgress::revoked_before),
      aws::required("Skipped", &BulkRevocationProgress::skipped)};
};

inline BulkRevocationProgress progress_of(const AuthorityArn& authority,
                                          const BulkRevocation& bulk) {
  return {.certificate_authority_arn = authority.text(),
          .revocation_reason = bulk.reason,
          .requested_by = bulk.requested_by,
          .started_at = bulk.started_at,
          .ended_at = bulk.ended_at,
          .certificates = bulk.certificates,
          .looked_at = bulk.looked_at(),
          .revoked = bulk.revoked,
          .revoked_before = bulk.revoked_before,
          .skipped = bulk.skipped};
}

}  // namespace everseal::acmpca
