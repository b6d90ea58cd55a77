#pragma once

#include <cstdint>
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
#include "sql/database.h"

namespace everseal::acm {

// ListCertificates: those of an account in a region, by time of creation. Unless keyTypes says
// otherwise only RSA_1024 and RSA_2048 certificates that have a name are listed, as on AWS. A page
// may be shorter than asked for although more follow: NextToken tells.
struct ListCertificates {
  static constexpr std::string_view name = "ListCertificates";
  static constexpr std::size_t default_page = 1000;
  static constexpr std::size_t names_shown = 100;
  // How many certificates one call looks at: a filter that few pass must not read a million.
  static constexpr std::size_t rows_looked_at = 20'000;

  // All members must hold; of a list, one of its elements.
  struct Includes {
    std::vector<ExtendedKeyUsageName> extended_key_usage;
    std::vector<KeyUsageName> key_usage;
    std::vector<KeyAlgorithm> key_types;
    std::optional<Switch> export_option;
    std::optional<ManagedBy> managed_by;
    static constexpr auto fields =
        std::tuple{aws::optional("extendedKeyUsage", &Includes::extended_key_usage),
                   aws::optional("keyUsage", &Includes::key_usage),
                   aws::optional("keyTypes", &Includes::key_types),
                   aws::optional("exportOption", &Includes::export_option),
                   aws::optional("managedBy", &Includes::managed_by)};
  };
  struct Request {
    std::vector<CertificateStatus> certificate_statuses;
    std::optional<Includes> includes;
    std::optional<std::string> next_token;
    std::optional<std::int32_t> max_items;
    std::optional<SortBy> sort_by;
    std::optional<SortOrder> sort_order;
    static constexpr auto fields =
        std::tuple{aws::optional("CertificateStatuses", &Request::certificate_statuses),
                   aws::optional("Includes", &Request::includes),
                   aws::optional("NextToken", &Request::next_token, aws::length(1, 10'000)),
                   aws::optional("MaxItems", &Request::max_items, aws::range(1, 1000)),
                   aws::optional("SortBy", &Request::sort_by),
                   aws::optional("SortOrder", &Request::sort_order)};
  };
  struct Summary {
    std::string certificate_arn;
    std::optional<std::string> domain_name;
    std::vector<std::string> subject_alternative_name_summaries;  // the first hundred
    bool has_additional_subject_alternative_names = false;
    CertificateStatus status{};
    CertificateType type{};
    std::string key_algorithm;  // "RSA-2048": with a hyphen, unlike the model
    std::vector<KeyUsageName> key_usages;
    std::vector<ExtendedKeyUsageName> extended_key_usages;
    Switch export_option{};
    bool in_use = false;
    std::optional<bool> exported;  // of private ones
    RenewalEligibility renewal_eligibility{};
    std::optional<TimePoint> not_before, not_after;
    TimePoint created_at;
    std::optional<TimePoint> issued_at, imported_at, revoked_at;
    static constexpr auto fields =
        std::tuple{aws::always("CertificateArn", &Summary::certificate_arn),
                   aws::optional("DomainName", &Summary::domain_name),
                   aws::optional("SubjectAlternativeNameSummaries",
                                 &Summary::subject_alternative_name_summaries),
                   aws::always("HasAdditionalSubjectAlternativeNames",
                               &Summary::has_additional_subject_alternative_names),
                   aws::always("Status", &Summary::status),
                   aws::always("Type", &Summary::type),
                   aws::always("KeyAlgorithm", &Summary::key_algorithm),
                   aws::optional("KeyUsages", &Summary::key_usages),
                   aws::optional("ExtendedKeyUsages", &Summary::extended_key_usages),
                   aws::always("ExportOption", &Summary::export_option),
                   aws::always("InUse", &Summary::in_use),
                   aws::optional("Exported", &Summary::exported),
                   aws::always("RenewalEligibility", &Summary::renewal_eligibility),
                   aws::optional("NotBefore", &Summary::not_before),
                   aws::optional("NotAfter", &Summary::not_after),
                   aws::always("CreatedAt", &Summary::created_at),
                   aws::optional("IssuedAt", &Summary::issued_at),
                   aws::optional("ImportedAt", &Summary::imported_at),
                   aws::optional("RevokedAt", &Summary::revoked_at)};
  };
  struct Response {
    std::optional<std::string> next_token;
    std::vector<Summary> certificate_summary_list;
    static constexpr auto fields =
        std::tuple{aws::optional("NextToken", &Response::next_token),
                   aws::always("CertificateSummaryList", &Response::certificate_summary_list)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ValidationException: SortBy without SortOrder or the other way round, or a token that is not of
  // this listing.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::acm
