#include "services/acmpca/announcing/announcements.h"

#include <utility>

namespace everseal::acmpca {

namespace {

Announcement about(std::string_view detail_type, const AuthorityArn& authority, TimePoint now) {
  return {.detail_type = detail_type,
          .account = std::string(authority.account()),
          .region = std::string(authority.region()),
          .resources = {authority.text()},
          .failure = {},
          .time = now};
}

Announcement about(std::string_view detail_type, const AuthorityArn& authority, std::string second,
                   TimePoint now) {
  auto announcement = about(detail_type, authority, now);
  announcement.resources.push_back(std::move(second));
  return announcement;
}

constexpr std::string_view kCrl = "ACM Private CA CRL Generation";
constexpr std::string_view kAuditReport = "ACM Private CA Audit Report Generation";

}  // namespace

Announcement ca_created(const AuthorityArn& authority, TimePoint now) {
  return about("ACM Private CA Creation", authority, now);
}

Announcement certificate_issued(const AuthorityArn& authority, std::string certificate_arn,
                                TimePoint now) {
  return about("ACM Private CA Certificate Issuance", authority, std::move(certificate_arn), now);
}

Announcement certificate_revoked(const AuthorityArn& authority, std::string certificate_arn,
                                 TimePoint now) {
  return about("ACM Private CA Certificate Revocation", authority, std::move(certificate_arn), now);
}

Announcement crl_generated(const AuthorityArn& authority, TimePoint now) {
  return about(kCrl, authority, now);
}

Announcement crl_not_generated(const AuthorityArn& authority, std::string_view why, TimePoint now) {
  auto announcement = about(kCrl, authority, now);
  announcement.failure = why;
  return announcement;
}

Announcement audit_report_made(const AuthorityArn& authority, std::string report_id,
                               TimePoint now) {
  return about(kAuditReport, authority, std::move(report_id), now);
}

Announcement audit_report_failed(const AuthorityArn& authority, std::string report_id,
                                 std::string why, TimePoint now) {
  auto announcement = about(kAuditReport, authority, std::move(report_id), now);
  announcement.failure = std::move(why);
  return announcement;
}

}  // namespace everseal::acmpca
