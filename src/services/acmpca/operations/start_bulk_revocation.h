#pragma once

#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "services/acmpca/authority/authority.h"
#include "services/acmpca/revocation/bulk_revocation_progress.h"
#include "sql/database.h"

namespace everseal::acmpca {

// StartBulkRevocation: everything that the CA has issued until now is revoked, for the day a key
// leaks. An operation of Everseal's own: needs everseal:StartBulkRevocation on the CA. Answers how
// far it is; if one goes on already, how far that is, whatever its reason.
struct StartBulkRevocation {
  static constexpr std::string_view name = "StartBulkRevocation";
  struct Request {
    AuthorityArn certificate_authority_arn;
    RevocationReason revocation_reason;
    static constexpr auto fields =
        std::tuple{aws::required("CertificateAuthorityArn", &Request::certificate_authority_arn,
                                 arn_length, arn_pattern),
                   aws::required("RevocationReason", &Request::revocation_reason)};
  };
  using Response = BulkRevocationProgress;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidStateException: the CA is neither ACTIVE nor DISABLED.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::acmpca
