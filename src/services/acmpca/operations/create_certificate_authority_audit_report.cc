#include "services/acmpca/operations/create_certificate_authority_audit_report.h"

#include "services/acmpca/audit/reporter.h"
#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {
namespace {

audit::Report new_report(const Authority& authority, std::string bucket, AuditReportFormat format,
                         std::string id, TimePoint now) {
  const std::string ending = format == AuditReportFormat::Json ? ".json" : ".csv";
  auto key = "audit-report/" + std::string(authority.arn.uuid()) + '/' + id + ending;
  return {.id = std::move(id),
          .ca = authority.id,
          .format = format,
          .status = AuditReportStatus::Creating,
          .bucket = std::move(bucket),
          .key = std::move(key),
          .created_at = now};
}

}  // namespace

aws::Access CreateCertificateAuthorityAuditReport::access(const Request& request,
                                                          const aws::Call&) const {
  return on_authority(database, request.certificate_authority_arn);
}

Result<CreateCertificateAuthorityAuditReport::Response, ApiError>
CreateCertificateAuthorityAuditReport::operator()(const Request& request,
                                                  const aws::Call& call) const {
  using Answer = Result<Response, ApiError>;
  const auto now = clock.now();
  const auto authority =
      database.read([&](sql::Snapshot& view) { return find(view, request, call, now); });
  if (!authority) return authority.error();
  const auto report = new_report(*authority, request.s3_bucket_name,
                                 request.audit_report_response_format, random_uuid(random), now);
  if (const auto fine = try_bucket(*authority, report, call); !fine) return fine.error();
  return database.write([&](sql::Transaction& tx) -> Answer {
    if (const auto still = find(tx, request, call, now); !still) return still.error();
    if (const auto done = insert(tx, report); !done) return done.error();
    if (const auto done = audit::Reporter::promise(tx, report); !done) return done.error();
    return Response{report.id, report.key};
  });
}

// A CA that may have a report now.
Result<Authority, ApiError> CreateCertificateAuthorityAuditReport::find(sql::Snapshot& view,
                                                                        const Request& request,
                                                                        const aws::Call& call,
                                                                        TimePoint now) const {
  auto authority = require_authority(view, call, request.certificate_authority_arn, now);
  if (!authority) return authority;
  if (!may_report(authority->status(now))) return cannot_report_now(authority->arn.text());
  const auto lately =
      audit::has_report_since(view, authority->id, now - settings.audit_report_interval);
  if (!lately) return lately.error();
  if (*lately) return reported_lately(authority->arn.text(), settings.audit_report_interval);
  return authority;
}

Result<void, ApiError> CreateCertificateAuthorityAuditReport::try_bucket(
    const Authority& authority, const audit::Report& report, const aws::Call& call) const {
  auto target = target_of(authority.arn, report);
  target.caller = &call;
  const auto allowed = sink.check(target);
  if (allowed) return {};
  if (allowed.error().kind != Fault::Kind::Conflict) return allowed.error();
  const auto there = sink.has_bucket(target);
  if (!there) return there.error();
  if (!*there) return no_such_bucket(report.bucket);
  return report_bucket_refused(report.bucket, allowed.error().cause);
}

}  // namespace everseal::acmpca
