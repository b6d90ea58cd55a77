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

// DescribeBulkRevocation: how far the last StartBulkRevocation of this CA is. An operation of
// Everseal's own: needs everseal:DescribeBulkRevocation on the CA.
struct DescribeBulkRevocation {
  static constexpr std::string_view name = "DescribeBulkRevocation";
  struct Request {
    AuthorityArn certificate_authority_arn;
    static constexpr auto fields = std::tuple{aws::required(
        "CertificateAuthorityArn", &Request::certificate_authority_arn, arn_length, arn_pattern)};
  };
  using Response = BulkRevocationProgress;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: also if there never was one.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::acmpca
