#include "services/acm/operations/revoke_certificate.h"

#include <optional>

#include "jobs/jobs.h"
#include "services/acm/certificate_events.h"
#include "services/acm/certificate_users.h"
#include "services/acm/errors.h"
#include "services/acm/expiry_notices.h"
#include "services/acm/issuing.h"
#include "services/acm/own_certificate.h"

namespace everseal::acm {
namespace {

// A hold can be lifted and a removal is no revocation: this API is neither for one nor the other.
bool is_for_good(RevocationReason reason) {
  return reason != RevocationReason::CertificateHold && reason != RevocationReason::RemoveFromCrl;
}

std::optional<ApiError> not_revocable(const Certificate& certificate, TimePoint now) {
  const auto& arn = certificate.arn;
  if (certificate.type == CertificateType::Imported)
    return invalid("Certificate " + arn + " was imported: only who issued it can revoke it.");
  const auto status = status_at(now, certificate);
  if (status == CertificateStatus::Revoked) return conflict("Certificate " + arn + " is revoked.");
  if (status != CertificateStatus::Issued)
    return invalid("Certificate " + arn + " is " + std::string(aws::name_of(status)) +
                   " and cannot be revoked.");
  if (!certificate.exported)
    return invalid("Certificate " + arn + " has not been exported: delete it instead.");
  return std::nullopt;
}

}  // namespace

aws::Access RevokeCertificate::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.certificate_arn);
}

Result<RevokeCertificate::Response, ApiError> RevokeCertificate::operator()(
    const Request& request, const aws::Call& call) const {
  if (!is_for_good(request.revocation_reason))
    return invalid(std::string(aws::name_of(request.revocation_reason)) +
                   " is not a reason to revoke for good.");
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    auto certificate = find_own(tx, call, request.certificate_arn);
    if (!certificate) return certificate.error();
    const auto now = clock.now();
    if (auto refused = not_revocable(*certificate, now)) return *std::move(refused);
    const auto in_use = is_in_use(tx, certificate->arn);
    if (!in_use) return in_use.error();
    if (*in_use) return certificate_in_use(certificate->arn, certificate->account);
    const auto revoked = issuer.revoke(tx, {.certificate_authority_arn = *certificate->ca_arn,
                                            .serial = certificate->facts->serial,
                                            .reason = request.revocation_reason});
    if (!revoked && revoked.error().kind == Fault::Kind::Conflict)
      return conflict(revoked.error().cause);
    if (!revoked) return revoked.error();
    certificate->status = CertificateStatus::Revoked;
    certificate->revoked_at = now;
    certificate->revocation_reason = request.revocation_reason;
    if (const auto done = update_certificate(tx, *certificate); !done) return done.error();
    for (const auto kind : {kRenewJob, kExpiryJob}) {
      if (const auto done = jobs::cancel(tx, kind, certificate->arn); !done) return done.error();
    }
    const auto told = events.tell(tx, acm::revoked(*certificate, now));
    if (!told) return told.error();
    return Response{certificate->arn};
  });
}

}  // namespace everseal::acm
