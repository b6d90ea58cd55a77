#include "services/acmpca/operations/describe_certificate_authority_audit_report.h"

#include "services/acmpca/audit/report_store.h"
#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {

aws::Access DescribeCertificateAuthorityAuditReport::access(const Request& request,
                                                            const aws::Call&) const {
  return on_authority(database, request.certificate_authority_arn);
}

Result<DescribeCertificateAuthorityAuditReport::Response, ApiError>
DescribeCertificateAuthorityAuditReport::operator()(const Request& request,
                                                    const aws::Call& call) const {
  using Answer = Result<Response, ApiError>;
  const auto now = clock.now();
  return database.read([&](sql::Snapshot& view) -> Answer {
    const auto authority = require_authority(view, call, request.certificate_authority_arn, now);
    if (!authority) return authority.error();
    const auto report = audit::find_report(view, request.audit_report_id);
    if (!report) return report.error();
    if (!*report || (*report)->ca != authority->id) return no_such_report(request.audit_report_id);
    return Response{.audit_report_status = (*report)->status,
                    .s3_bucket_name = (*report)->bucket,
                    .s3_key = (*report)->key,
                    .created_at = (*report)->created_at};
  });
}

}  // namespace everseal::acmpca
