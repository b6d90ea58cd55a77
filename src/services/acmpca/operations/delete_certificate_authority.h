#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "services/acmpca/authority/authority.h"
#include "services/acmpca/model/settings.h"
#include "sql/database.h"

namespace everseal::acmpca {

// DeleteCertificateAuthority: from now on it does nothing; when its restoration window ends, its
// key is erased. The job that does it is promised in the same transaction.
struct DeleteCertificateAuthority {
  static constexpr std::string_view name = "DeleteCertificateAuthority";
  struct Request {
    AuthorityArn certificate_authority_arn;
    std::optional<std::int32_t> permanent_deletion_time_in_days{};
    static constexpr auto fields =
        std::tuple{aws::required("CertificateAuthorityArn", &Request::certificate_authority_arn,
                                 arn_length, arn_pattern),
                   aws::optional("PermanentDeletionTimeInDays",
                                 &Request::permanent_deletion_time_in_days, aws::range(7, 30))};
  };
  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidStateException: it is ACTIVE (disable it first) or deleted already.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  Settings settings;
};

}  // namespace everseal::acmpca
