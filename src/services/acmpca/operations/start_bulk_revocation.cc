#include "services/acmpca/operations/start_bulk_revocation.h"

#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/certificates/certificate_store.h"
#include "services/acmpca/model/errors.h"
#include "services/acmpca/revocation/bulk_revoker.h"

namespace everseal::acmpca {

aws::Access StartBulkRevocation::access(const Request& request, const aws::Call&) const {
  return on_authority(database, request.certificate_authority_arn);
}

Result<StartBulkRevocation::Response, ApiError> StartBulkRevocation::operator()(
    const Request& request, const aws::Call& call) const {
  using Answer = Result<Response, ApiError>;
  const auto now = clock.now();
  const auto& arn = request.certificate_authority_arn;
  const auto known = require_authority(database, call, arn, now);
  if (!known) return known.error();
  // Outside the transaction, which others would have to wait for.
  const auto count =
      database.read([&](sql::Snapshot& view) { return count_certificates(view, known->id); });
  if (!count) return count.error();
  return database.write([&](sql::Transaction& tx) -> Answer {
    const auto authority = require_authority(tx, call, arn, now);
    if (!authority) return authority.error();
    const auto last = find_bulk_revocation(tx, authority->id);
    if (!last) return last.error();
    if (*last && !(*last)->ended_at) return progress_of(arn, **last);
    if (!may_revoke(authority->status(now))) return cannot_revoke_now(arn.text());
    const auto newest = newest_certificate(tx);
    if (!newest) return newest.error();
    const BulkRevocation bulk{.ca = authority->id,
                              .reason = request.revocation_reason,
                              .requested_by = call.caller.arn,
                              .started_at = now,
                              .certificates = *count,
                              .newest = *newest};
    if (const auto done = store(tx, bulk); !done) return done.error();
    if (const auto done = BulkRevoker::promise(tx, *authority, now); !done) return done.error();
    return progress_of(arn, bulk);
  });
}

}  // namespace everseal::acmpca
