#pragma once

#include <optional>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "services/acmpca/authority/authority.h"
#include "services/acmpca/buckets/object_sink.h"
#include "sql/database.h"

namespace everseal::acmpca {

// UpdateCertificateAuthority: switches a CA on or off, and changes how it tells of revocations.
// What is not mentioned stays as it is.
struct UpdateCertificateAuthority {
  static constexpr std::string_view name = "UpdateCertificateAuthority";
  struct Request {
    AuthorityArn certificate_authority_arn;
    std::optional<RevocationConfiguration> revocation_configuration{};
    std::optional<CaStatus> status{};
    static constexpr auto fields =
        std::tuple{aws::required("CertificateAuthorityArn", &Request::certificate_authority_arn,
                                 arn_length, arn_pattern),
                   aws::optional("RevocationConfiguration", &Request::revocation_configuration),
                   aws::optional("Status", &Request::status)};
  };
  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidArgsException: a status other than ACTIVE and DISABLED, see also revocation_rules.h.
  // InvalidStateException: the CA is neither ACTIVE nor DISABLED; an expired one is not.
  // ValidationException: CRLs are wanted, but cannot be put into the bucket, by the CA or by the
  // caller.
  // ConcurrentModificationException: somebody else changed it at the same moment.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  ObjectSink& sink;
};

}  // namespace everseal::acmpca
