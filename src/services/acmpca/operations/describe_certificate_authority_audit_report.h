#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "services/acmpca/authority/authority.h"
#include "sql/database.h"

namespace everseal::acmpca {

// DescribeCertificateAuthorityAuditReport: whether a report lies in its bucket by now.
struct DescribeCertificateAuthorityAuditReport {
  static constexpr std::string_view name = "DescribeCertificateAuthorityAuditReport";
  struct Request {
    AuthorityArn certificate_authority_arn;
    std::string audit_report_id;
    static constexpr auto fields = std::tuple{
        aws::required("CertificateAuthorityArn", &Request::certificate_authority_arn, arn_length,
                      arn_pattern),
        aws::required(
            "AuditReportId", &Request::audit_report_id, aws::length(36, 36),
            aws::pattern("[a-z0-9]{8}-[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{12}"))};
  };
  struct Response {
    AuditReportStatus audit_report_status;
    std::string s3_bucket_name;
    std::string s3_key;
    TimePoint created_at;
    static constexpr auto fields =
        std::tuple{aws::required("AuditReportStatus", &Response::audit_report_status),
                   aws::required("S3BucketName", &Response::s3_bucket_name),
                   aws::required("S3Key", &Response::s3_key),
                   aws::required("CreatedAt", &Response::created_at)};
  };
  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: also if this CA has no such report.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::acmpca
