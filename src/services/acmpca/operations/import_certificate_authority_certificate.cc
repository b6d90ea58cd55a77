#include "services/acmpca/operations/import_certificate_authority_certificate.h"

#include "services/acmpca/authority/ca_certificate_rules.h"
#include "services/acmpca/authority/changes.h"
#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/certificates/certificate_store.h"
#include "services/acmpca/crl/promise.h"
#include "services/acmpca/model/errors.h"
#include "services/acmpca/notices/end_notices.h"
#include "services/acmpca/ocsp/responders.h"

namespace everseal::acmpca {
namespace {

Result<void, ApiError> check_state(const Authority& authority, TimePoint now) {
  const auto status = authority.status(now);
  if (status == CaStatus::Creating) return not_ready_yet(authority.arn.text());
  if (!may_import(status)) return cannot_import_now(authority.arn.text());
  return {};
}

}  // namespace

aws::Access ImportCertificateAuthorityCertificate::access(const Request& request,
                                                          const aws::Call&) const {
  return on_authority(database, request.certificate_authority_arn);
}

// The rules cost signatures, so they are judged before the transaction; it fails if the CA was
// changed since.
Result<aws::Empty, ApiError> ImportCertificateAuthorityCertificate::operator()(
    const Request& request, const aws::Call& call) const {
  const auto now = clock.now();
  auto authority = require_authority(database, call, request.certificate_authority_arn, now);
  if (!authority) return std::move(authority).error();
  if (auto refused = check_state(*authority, now); !refused) return refused.error();
  auto installed = check_ca_certificate(*authority, as_text(request.certificate),
                                        as_text(request.certificate_chain), now);
  if (!installed) return std::move(installed).error();
  authority->installed = *std::move(installed);
  authority->stored_status = after_import(authority->stored_status);
  authority->state_changed_at = now;
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    if (const auto done = apply(tx, *authority); !done) return done.error();
    const auto recorded = record_import(tx, *authority, authority->installed->der, now);
    if (!recorded) return recorded.error();
    if (const auto done = promise_crls(tx, *authority, now); !done) return done.error();
    if (const auto done = ocsp::promise_responder(tx, *authority, now); !done) return done.error();
    if (const auto done = promise_end_notices(tx, now); !done) return done.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::acmpca
