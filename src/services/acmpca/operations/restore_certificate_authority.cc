#include "services/acmpca/operations/restore_certificate_authority.h"

#include "services/acmpca/authority/changes.h"
#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/authority/purge.h"
#include "services/acmpca/crl/promise.h"
#include "services/acmpca/model/errors.h"
#include "services/acmpca/ocsp/responders.h"

namespace everseal::acmpca {
namespace {

bool can_come_back(const Authority& authority) {
  return authority.stored_status == CaStatus::Deleted && authority.status_before_deletion &&
         is_restorable(*authority.status_before_deletion);
}

}  // namespace

aws::Access RestoreCertificateAuthority::access(const Request& request, const aws::Call&) const {
  return on_authority(database, request.certificate_authority_arn);
}

Result<aws::Empty, ApiError> RestoreCertificateAuthority::operator()(const Request& request,
                                                                     const aws::Call& call) const {
  const auto now = clock.now();
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    auto authority = require_authority(tx, call, request.certificate_authority_arn, now);
    if (!authority) return std::move(authority).error();
    if (!can_come_back(*authority)) return cannot_be_restored_now(authority->arn.text());
    authority->stored_status = *authority->status_before_deletion;
    authority->status_before_deletion.reset();
    authority->restorable_until.reset();
    authority->state_changed_at = now;
    if (const auto done = apply(tx, *authority); !done) return done.error();
    const auto withdrawn = withdraw_purge(tx, *authority);
    if (!withdrawn) return withdrawn.error();
    if (const auto done = promise_crls(tx, *authority, now); !done) return done.error();
    if (const auto done = ocsp::promise_responder(tx, *authority, now); !done) return done.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::acmpca
