#include "services/acm/operations/delete_certificate.h"

#include "jobs/jobs.h"
#include "services/acm/errors.h"
#include "services/acm/expiry_notices.h"
#include "services/acm/issuing.h"
#include "services/acm/own_certificate.h"

namespace everseal::acm {

aws::Access DeleteCertificate::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.certificate_arn);
}

Result<aws::Empty, ApiError> DeleteCertificate::operator()(const Request& request,
                                                           const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto certificate = find_own(tx, call, request.certificate_arn);
    if (!certificate) return certificate.error();
    const auto in_use = is_in_use(tx, certificate->arn);
    if (!in_use) return in_use.error();
    if (*in_use) return certificate_in_use(certificate->arn, certificate->account);
    if (auto gone = acm::delete_certificate(tx, certificate->arn); !gone) return gone.error();
    for (const auto kind : {kIssueJob, kRenewJob, kExpiryJob}) {
      const auto cancelled = jobs::cancel(tx, kind, certificate->arn);
      if (!cancelled) return cancelled.error();
    }
    return aws::Empty{};
  });
}

}  // namespace everseal::acm
