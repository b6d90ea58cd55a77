#include "services/acm/operations/renew_certificate.h"

#include <optional>
#include <string>

#include "jobs/jobs.h"
#include "services/acm/errors.h"
#include "services/acm/issuing.h"
#include "services/acm/own_certificate.h"
#include "services/acm/renewal_schedule.h"

namespace everseal::acm {

namespace {

std::optional<ApiError> not_renewable(const Certificate& certificate, TimePoint now) {
  const auto& arn = certificate.arn;
  if (certificate.type == CertificateType::Imported) {
    return invalid("Certificate " + arn +
                   " was imported: import its successor with the same ARN instead.");
  }
  switch (status_at(now, certificate)) {
    case CertificateStatus::PendingValidation:
      return not_issued_yet(arn);
    case CertificateStatus::Failed:
      return never_issued(arn,
                          aws::name_of(certificate.failure_reason.value_or(FailureReason::Other)));
    case CertificateStatus::Issued:
      break;
    default:
      return invalid("Certificate " + arn + " is " +
                     std::string(aws::name_of(status_at(now, certificate))) +
                     " and cannot be renewed: request a new one.");
  }
  if (!certificate.exported_since_issue) return not_exported(arn);
  return std::nullopt;
}

bool is_under_way(const Certificate& certificate, TimePoint now, const Settings& settings) {
  const auto reason = certificate.renewal ? certificate.renewal->reason : std::nullopt;
  return is_running(renewal_facts(certificate, /*in_use=*/false), reason, now, settings);
}

}  // namespace

aws::Access RenewCertificate::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.certificate_arn);
}

Result<aws::Empty, ApiError> RenewCertificate::operator()(const Request& request,
                                                          const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    auto certificate = find_own(tx, call, request.certificate_arn);
    if (!certificate) return certificate.error();
    const auto now = clock.now();
    if (auto refused = not_renewable(*certificate, now)) return *std::move(refused);
    if (is_under_way(*certificate, now, settings)) return renewal_in_progress(certificate->arn);
    certificate->renewal = RenewalSummary{.status = RenewalStatus::PendingAutoRenewal,
                                          .reason = std::nullopt,
                                          .began_at = now,
                                          .updated_at = now};
    const auto marked = update_certificate(tx, *certificate);
    if (!marked) return marked.error();
    const auto promised = jobs::add(tx, {std::string(kRenewJob), certificate->arn, now, {}});
    if (!promised) return promised.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::acm
