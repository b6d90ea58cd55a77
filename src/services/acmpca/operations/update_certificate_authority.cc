#include "services/acmpca/operations/update_certificate_authority.h"

#include "services/acmpca/authority/changes.h"
#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/authority/revocation_rules.h"
#include "services/acmpca/crl/membership.h"
#include "services/acmpca/crl/promise.h"
#include "services/acmpca/model/errors.h"
#include "services/acmpca/ocsp/responders.h"
#include "services/acmpca/publication/crl_bucket.h"

namespace everseal::acmpca {
namespace {

// The CA as it shall be.
Result<Authority, ApiError> changed(Authority authority,
                                    const UpdateCertificateAuthority::Request& request,
                                    TimePoint now) {
  if (!may_change_status(authority.status(now)))
    return cannot_change_status_now(authority.arn.text());
  if (request.revocation_configuration) {
    auto revocation = revocation_over(authority.revocation, *request.revocation_configuration);
    if (!revocation) return std::move(revocation).error();
    authority.revocation = *std::move(revocation);
  }
  authority.stored_status = request.status.value_or(authority.stored_status);
  authority.state_changed_at = now;
  return authority;
}

}  // namespace

aws::Access UpdateCertificateAuthority::access(const Request& request, const aws::Call&) const {
  return on_authority(database, request.certificate_authority_arn);
}

Result<aws::Empty, ApiError> UpdateCertificateAuthority::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  if (request.status && !may_change_status(*request.status))
    return invalid_args("Status can be changed to ACTIVE or DISABLED only.");
  const auto now = clock.now();
  const auto authority = require_authority(database, call, request.certificate_authority_arn, now);
  if (!authority) return authority.error();
  const auto wanted = changed(*authority, request, now);
  if (!wanted) return wanted.error();
  if (request.revocation_configuration) {
    if (const auto fit = try_crl_bucket(database, sink, *wanted, call); !fit) return fit.error();
  }
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    if (const auto done = apply(tx, *wanted); !done) return done.error();
    if (const auto done = keep_place(tx, *authority); !done) return done.error();
    if (const auto done = promise_crls(tx, *wanted, now); !done) return done.error();
    if (const auto done = ocsp::promise_responder(tx, *wanted, now); !done) return done.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::acmpca
