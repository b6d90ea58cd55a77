#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "issuance/issue.h"
#include "random/random.h"
#include "services/acmpca/announcing/announcer.h"
#include "services/acmpca/authority/authority_arn.h"
#include "services/acmpca/model/passthrough.h"
#include "services/acmpca/model/settings.h"
#include "services/acmpca/signing/ready_authorities.h"
#include "sql/database.h"

namespace everseal::acmpca {

// IssueCertificate: this CA signs what a CSR asks for, as a template moulds it. When answered, the
// certificate is durable and in the issuance log, and GetCertificate has it.
//
// The signature is made outside of any transaction, with what is kept in memory of the CA; the
// transaction that stores the certificate checks that the CA is still what it was.
struct IssueCertificate {
  static constexpr std::string_view name = "IssueCertificate";
  struct Request {
    std::optional<ApiPassthrough> api_passthrough{};
    AuthorityArn certificate_authority_arn;
    Bytes csr;  // PEM
    SigningAlgorithm signing_algorithm;
    std::optional<std::string> template_arn{};  // nothing: EndEntityCertificate/V1
    Validity validity;
    std::optional<Validity> validity_not_before{};
    std::optional<std::string> idempotency_token{};
    static constexpr auto fields =
        std::tuple{aws::optional("ApiPassthrough", &Request::api_passthrough),
                   aws::required("CertificateAuthorityArn", &Request::certificate_authority_arn,
                                 arn_length, arn_pattern),
                   aws::required("Csr", &Request::csr, aws::length(1, 32768)),
                   aws::required("SigningAlgorithm", &Request::signing_algorithm),
                   aws::optional("TemplateArn", &Request::template_arn, arn_length, arn_pattern),
                   aws::required("Validity", &Request::validity),
                   aws::optional("ValidityNotBefore", &Request::validity_not_before),
                   aws::optional("IdempotencyToken", &Request::idempotency_token, token_length,
                                 token_pattern)};
  };
  struct Response {
    std::string certificate_arn;
    static constexpr auto fields =
        std::tuple{aws::required("CertificateArn", &Response::certificate_arn)};
  };
  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidStateException: the CA is not ACTIVE; a ROOT that waits for its certificate may issue
  // that one. InvalidArgsException: no such template, a root certificate for another key or from
  // another CA, a signing algorithm of the other family, a passthrough that contradicts itself.
  // MalformedCSRException. LimitExceededException: the CA has
  // issued as many as its CRLs allow. ValidationException: a validity that is none, is over, or
  // outlives the CA; a CA below one that may have none.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  Random& random;
  ReadyAuthorities& authorities;
  Announcer& announcer;
  Settings settings;

 private:
  Result<Response, ApiError> issue(const Request& request, const aws::Call& call) const;
  // Nothing: the CA was changed while it signed.
  using Attempt = Result<std::optional<Response>, ApiError>;
  Attempt attempt(const Request& request, const aws::Call& call, const ReadyAuthority& ready,
                  const issuance::Order& order) const;
  Attempt store(const Request& request, const aws::Call& call, const ReadyAuthority& ready,
                const issuance::Order& order, const issuance::IssuedCertificate& issued,
                TimePoint now) const;
};

}  // namespace everseal::acmpca
