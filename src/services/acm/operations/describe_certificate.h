#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/acm/enums.h"
#include "services/acm/shapes.h"
#include "sql/database.h"

namespace everseal::acm {

// DescribeCertificate: all that is known of a certificate but its octets. Until it is issued, what
// only the certificate itself can say is missing.
struct DescribeCertificate {
  static constexpr std::string_view name = "DescribeCertificate";
  using Request = CertificateArnRequest;

  struct DomainValidation {  // of public certificates
    std::string domain_name;
    static constexpr auto fields =
        std::tuple{aws::required("DomainName", &DomainValidation::domain_name)};
  };
  struct Summary {
    RenewalStatus renewal_status{};
    std::vector<DomainValidation> domain_validation_options;  // always empty
    std::optional<FailureReason> renewal_status_reason;
    TimePoint updated_at;
    static constexpr auto fields =
        std::tuple{aws::always("RenewalStatus", &Summary::renewal_status),
                   aws::always("DomainValidationOptions", &Summary::domain_validation_options),
                   aws::optional("RenewalStatusReason", &Summary::renewal_status_reason),
                   aws::always("UpdatedAt", &Summary::updated_at)};
  };
  struct KeyUsage {
    KeyUsageName name{};
    static constexpr auto fields = std::tuple{aws::always("Name", &KeyUsage::name)};
  };
  struct ExtendedKeyUsage {
    ExtendedKeyUsageName name{};
    std::optional<std::string> oid;
    static constexpr auto fields = std::tuple{aws::always("Name", &ExtendedKeyUsage::name),
                                              aws::optional("OID", &ExtendedKeyUsage::oid)};
  };
  struct Detail {
    std::string certificate_arn;
    std::optional<std::string> domain_name;
    std::vector<std::string> subject_alternative_names;
    std::optional<std::string> serial, subject, issuer;
    TimePoint created_at;
    std::optional<TimePoint> issued_at, imported_at;
    CertificateStatus status{};
    std::optional<TimePoint> revoked_at;
    std::optional<RevocationReason> revocation_reason;
    std::optional<TimePoint> not_before, not_after;
    std::string key_algorithm;  // "RSA-2048": with a hyphen, unlike the model
    std::optional<std::string> signature_algorithm;
    std::vector<std::string> in_use_by;
    std::optional<FailureReason> failure_reason;
    CertificateType type{};
    std::optional<Summary> renewal_summary;
    std::vector<KeyUsage> key_usages;
    std::vector<ExtendedKeyUsage> extended_key_usages;
    std::optional<std::string> certificate_authority_arn;
    RenewalEligibility renewal_eligibility{};
    CertificateOptions options;
    static constexpr auto fields =
        std::tuple{aws::always("CertificateArn", &Detail::certificate_arn),
                   aws::optional("DomainName", &Detail::domain_name),
                   aws::optional("SubjectAlternativeNames", &Detail::subject_alternative_names),
                   aws::optional("Serial", &Detail::serial),
                   aws::optional("Subject", &Detail::subject),
                   aws::optional("Issuer", &Detail::issuer),
                   aws::always("CreatedAt", &Detail::created_at),
                   aws::optional("IssuedAt", &Detail::issued_at),
                   aws::optional("ImportedAt", &Detail::imported_at),
                   aws::always("Status", &Detail::status),
                   aws::optional("RevokedAt", &Detail::revoked_at),
                   aws::optional("RevocationReason", &Detail::revocation_reason),
                   aws::optional("NotBefore", &Detail::not_before),
                   aws::optional("NotAfter", &Detail::not_after),
                   aws::always("KeyAlgorithm", &Detail::key_algorithm),
                   aws::optional("SignatureAlgorithm", &Detail::signature_algorithm),
                   aws::always("InUseBy", &Detail::in_use_by),
                   aws::optional("FailureReason", &Detail::failure_reason),
                   aws::always("Type", &Detail::type),
                   aws::optional("RenewalSummary", &Detail::renewal_summary),
                   aws::optional("KeyUsages", &Detail::key_usages),
                   aws::optional("ExtendedKeyUsages", &Detail::extended_key_usages),
                   aws::optional("CertificateAuthorityArn", &Detail::certificate_authority_arn),
                   aws::always("RenewalEligibility", &Detail::renewal_eligibility),
                   aws::always("Options", &Detail::options)};
  };
  struct Response {
    Detail certificate;
    static constexpr auto fields = std::tuple{aws::always("Certificate", &Response::certificate)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidArnException, ResourceNotFoundException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::acm
