#pragma once

#include <optional>

#include "clock/clock.h"
#include "services/acmpca/model/enums.h"

// What a CA may do in which state. Pure, so that the whole machine can be checked at once:
//
//   create -> CREATING -> PENDING_CERTIFICATE --import--> ACTIVE <-> DISABLED
//                    '-> FAILED
//   delete: any but ACTIVE -> DELETED --(7 to 30 days)--> gone
//   restore: DELETED -> the status before the deletion
//
// EXPIRED is never stored: it is what an ACTIVE or DISABLED CA reads as once its certificate has
// ended. DELETED wins over it.
namespace everseal::acmpca {

// What the API reports of a stored status; `not_after` is that of the installed certificate.
CaStatus status_at(TimePoint now, CaStatus stored, std::optional<TimePoint> not_after);

// Each asks about the status as reported.
bool may_issue(CaStatus status);           // ACTIVE
bool may_import(CaStatus status);          // PENDING_CERTIFICATE, ACTIVE, EXPIRED
bool may_be_deleted(CaStatus status);      // all but ACTIVE and DELETED
bool may_change_status(CaStatus status);   // ACTIVE, DISABLED: by UpdateCertificateAuthority
bool may_revoke(CaStatus status);          // ACTIVE, DISABLED; and publish CRLs
bool may_report(CaStatus status);          // ACTIVE, DISABLED: audit reports
bool may_grant(CaStatus status);           // ACTIVE: CreatePermission
bool has_csr(CaStatus status);             // all but CREATING, FAILED, DELETED
bool shows_certificates(CaStatus status);  // ACTIVE, DISABLED, EXPIRED

// The stored status after a certificate was installed: ACTIVE, but a DISABLED one stays DISABLED
// (one that reads EXPIRED may be stored as either).
CaStatus after_import(CaStatus stored);

// A CA that never had a key cannot come back: CREATING and FAILED.
bool is_restorable(CaStatus stored_before_deletion);

}  // namespace everseal::acmpca
