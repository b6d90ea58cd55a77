#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/endpoint/authorizer.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "random/random.h"
#include "result/result.h"
#include "services/acm/certificate.h"
#include "services/acm/private_issuer.h"
#include "services/acm/settings.h"
#include "services/acm/shapes.h"
#include "sql/database.h"

namespace everseal::acm {

// RequestCertificate: a certificate with a key of its own, issued by one of the caller's private
// CAs. Answered at once, PENDING_VALIDATION; the job acm.issue, promised in the same transaction,
// makes it ISSUED or FAILED. What is wrong with the CA itself turns up there, not here.
struct RequestCertificate {
  static constexpr std::string_view name = "RequestCertificate";

  struct DomainValidationOption {  // of public certificates; means nothing here
    std::string domain_name;
    std::string validation_domain;
    static constexpr auto fields =
        std::tuple{aws::required("DomainName", &DomainValidationOption::domain_name,
                                 aws::length(1, 253), domain_name_pattern()),
                   aws::required("ValidationDomain", &DomainValidationOption::validation_domain,
                                 aws::length(1, 253), domain_name_pattern())};
  };
  struct Request {
    std::string domain_name;
    std::optional<ValidationMethod> validation_method;
    std::vector<std::string> subject_alternative_names;
    std::optional<std::string> idempotency_token;
    std::vector<DomainValidationOption> domain_validation_options;
    std::optional<CertificateOptions> options;
    std::optional<std::string> certificate_authority_arn;
    std::vector<Tag> tags;
    std::optional<KeyAlgorithm> key_algorithm;  // RSA_2048
    std::optional<ManagedBy> managed_by;
    static constexpr auto fields = std::tuple{
        aws::required("DomainName", &Request::domain_name, aws::length(1, 253),
                      domain_name_pattern()),
        aws::optional("ValidationMethod", &Request::validation_method),
        aws::optional("SubjectAlternativeNames", &Request::subject_alternative_names,
                      aws::length(1, 100), aws::each(aws::length(1, 253), domain_name_pattern())),
        aws::optional("IdempotencyToken", &Request::idempotency_token, aws::length(1, 32),
                      aws::pattern("\\w+")),
        aws::optional("DomainValidationOptions", &Request::domain_validation_options,
                      aws::length(1, 100)),
        aws::optional("Options", &Request::options),
        aws::optional("CertificateAuthorityArn", &Request::certificate_authority_arn,
                      aws::length(20, 2048), aws::pattern(kCaArnPattern)),
        aws::optional("Tags", &Request::tags, aws::length(1, 50)),
        aws::optional("KeyAlgorithm", &Request::key_algorithm),
        aws::optional("ManagedBy", &Request::managed_by)};
  };
  struct Response {
    std::string certificate_arn;
    static constexpr auto fields =
        std::tuple{aws::always("CertificateArn", &Response::certificate_arn)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;

  // InvalidParameterException: no CA is named, a name or key algorithm is not possible.
  // InvalidArnException: the CA's ARN names something else. InvalidTagException,
  // TooManyTagsException, LimitExceededException. AccessDeniedException: the caller may not
  // acm-pca:IssueCertificate and acm-pca:GetCertificate on the CA.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  Random& random;
  PrivateIssuer& issuer;
  const aws::endpoint::Authorizer& authorizer;
  const Settings& settings;

 private:
  Result<Certificate, ApiError> wanted(const Request& request, const aws::Call& call) const;
  Result<void, ApiError> require_rights(const aws::Call& call, const std::string& ca_arn) const;
  Result<std::string> store(sql::Transaction& tx, const Certificate& certificate,
                            const Request& request) const;
};

}  // namespace everseal::acm
