#pragma once

#include <string>
#include <string_view>

#include "clock/clock.h"
#include "services/acmpca/announcing/announcer.h"
#include "services/acmpca/authority/authority_arn.h"

// What there is to announce.
namespace everseal::acmpca {

// Why a CRL was not published, in AWS's words.
inline constexpr std::string_view kNoPermissionToWrite =
    "Failed to write CRL to S3. Check your S3 bucket permissions.";
inline constexpr std::string_view kCrlNotWritten = "Failed to write CRL to S3. Internal failure.";
inline constexpr std::string_view kCrlNotGenerated = "Failed to generate CRL. Internal failure.";
inline constexpr std::string_view kReportNotWritten =
    "Failed to write the audit report to S3. Check your S3 bucket permissions.";

Announcement ca_created(const AuthorityArn& authority, TimePoint now);
Announcement certificate_issued(const AuthorityArn& authority, std::string certificate_arn,
                                TimePoint now);
Announcement certificate_revoked(const AuthorityArn& authority, std::string certificate_arn,
                                 TimePoint now);
Announcement crl_generated(const AuthorityArn& authority, TimePoint now);
Announcement crl_not_generated(const AuthorityArn& authority, std::string_view why, TimePoint now);
// By the report's id alone.
Announcement audit_report_made(const AuthorityArn& authority, std::string report_id, TimePoint now);
Announcement audit_report_failed(const AuthorityArn& authority, std::string report_id,
                                 std::string why, TimePoint now);

}  // namespace everseal::acmpca
