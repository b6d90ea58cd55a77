#include "services/acmpca/operations/delete_certificate_authority.h"

#include "services/acmpca/authority/changes.h"
#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/authority/purge.h"
#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {

aws::Access DeleteCertificateAuthority::access(const Request& request, const aws::Call&) const {
  return on_authority(database, request.certificate_authority_arn);
}

Result<aws::Empty, ApiError> DeleteCertificateAuthority::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  const auto now = clock.now();
  const auto window = request.permanent_deletion_time_in_days
                          ? std::chrono::days{*request.permanent_deletion_time_in_days}
                          : settings.restoration_window;
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    auto authority = require_authority(tx, call, request.certificate_authority_arn, now);
    if (!authority) return std::move(authority).error();
    if (!may_be_deleted(authority->status(now))) return cannot_be_deleted_now();
    authority->status_before_deletion = authority->stored_status;
    authority->stored_status = CaStatus::Deleted;
    authority->restorable_until = now + window;
    authority->state_changed_at = now;
    if (const auto done = apply(tx, *authority); !done) return done.error();
    const auto promised = promise_purge(tx, *authority);
    if (!promised) return promised.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::acmpca
