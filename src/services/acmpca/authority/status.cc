#include "services/acmpca/authority/status.h"

namespace everseal::acmpca {

CaStatus status_at(TimePoint now, CaStatus stored, std::optional<TimePoint> not_after) {
  const bool can_expire = stored == CaStatus::Active || stored == CaStatus::Disabled;
  return can_expire && not_after && now > *not_after ? CaStatus::Expired : stored;
}

bool may_issue(CaStatus status) { return status == CaStatus::Active; }

bool may_import(CaStatus status) {
  return status == CaStatus::PendingCertificate || status == CaStatus::Active ||
         status == CaStatus::Expired;
}

bool may_be_deleted(CaStatus status) {
  return status != CaStatus::Active && status != CaStatus::Deleted;
}

bool may_change_status(CaStatus status) {
  return status == CaStatus::Active || status == CaStatus::Disabled;
}

bool may_revoke(CaStatus status) {
  return status == CaStatus::Active || status == CaStatus::Disabled;
}

bool may_report(CaStatus status) { return may_revoke(status); }

bool may_grant(CaStatus status) { return status == CaStatus::Active; }

bool has_csr(CaStatus status) {
  return status != CaStatus::Creating && status != CaStatus::Failed && status != CaStatus::Deleted;
}

bool shows_certificates(CaStatus status) {
  return status == CaStatus::Active || status == CaStatus::Disabled || status == CaStatus::Expired;
}

CaStatus after_import(CaStatus stored) {
  return stored == CaStatus::Disabled ? CaStatus::Disabled : CaStatus::Active;
}

bool is_restorable(CaStatus stored_before_deletion) {
  return stored_before_deletion != CaStatus::Creating && stored_before_deletion != CaStatus::Failed;
}

}  // namespace everseal::acmpca
