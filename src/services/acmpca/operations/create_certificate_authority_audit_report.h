#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "random/random.h"
#include "services/acmpca/audit/report_store.h"
#include "services/acmpca/authority/authority.h"
#include "services/acmpca/buckets/object_sink.h"
#include "services/acmpca/model/settings.h"
#include "sql/database.h"

namespace everseal::acmpca {

// CreateCertificateAuthorityAuditReport: the list of all certificates that the CA ever issued,
// expired and revoked ones too, is put into this bucket soon:
// DescribeCertificateAuthorityAuditReport says when.
struct CreateCertificateAuthorityAuditReport {
  static constexpr std::string_view name = "CreateCertificateAuthorityAuditReport";
  struct Request {
    AuthorityArn certificate_authority_arn;
    std::string s3_bucket_name;
    AuditReportFormat audit_report_response_format;
    static constexpr auto fields = std::tuple{
        aws::required("CertificateAuthorityArn", &Request::certificate_authority_arn, arn_length,
                      arn_pattern),
        aws::required("S3BucketName", &Request::s3_bucket_name, aws::length(3, 63)),
        aws::required("AuditReportResponseFormat", &Request::audit_report_response_format)};
  };
  struct Response {
    std::string audit_report_id;  // a UUID
    std::string s3_key;           // "audit-report/<CA id>/<report id>.json"
    static constexpr auto fields =
        std::tuple{aws::required("AuditReportId", &Response::audit_report_id),
                   aws::required("S3Key", &Response::s3_key)};
  };
  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidStateException: the CA is neither ACTIVE nor DISABLED. RequestInProgressException: its
  // last report is younger than the interval. ResourceNotFoundException: also if there is no such
  // bucket. InvalidArgsException: the bucket refuses, and why.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  Random& random;
  ObjectSink& sink;
  const Settings& settings;

 private:
  Result<Authority, ApiError> find(sql::Snapshot& view, const Request& request,
                                   const aws::Call& call, TimePoint now) const;
  Result<void, ApiError> try_bucket(const Authority& authority, const audit::Report& report,
                                    const aws::Call& call) const;
};

}  // namespace everseal::acmpca
