#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/acm/event_sink.h"
#include "services/acm/private_issuer.h"
#include "services/acm/shapes.h"
#include "sql/database.h"

namespace everseal::acm {

// RevokeCertificate: for good, here and at the CA that issued it, whose CRL lists it from then on.
struct RevokeCertificate {
  static constexpr std::string_view name = "RevokeCertificate";
  struct Request {
    std::string certificate_arn;
    RevocationReason revocation_reason;
    static constexpr auto fields =
        std::tuple{certificate_arn_field(&Request::certificate_arn),
                   aws::required("RevocationReason", &Request::revocation_reason)};
  };
  struct Response {
    std::string certificate_arn;
    static constexpr auto fields =
        std::tuple{aws::required("CertificateArn", &Response::certificate_arn)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ValidationException: imported, never exported, not issued, or ended; a reason that is not for
  // good. ResourceInUseException. ConflictException: revoked before, or the CA cannot revoke now.
  // ResourceNotFoundException, InvalidArnException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  PrivateIssuer& issuer;
  EventSink& events;
};

}  // namespace everseal::acm
