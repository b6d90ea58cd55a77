#pragma once

#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "services/acmpca/authority/authority.h"
#include "services/acmpca/model/settings.h"
#include "sql/database.h"

namespace everseal::acmpca {

// TagCertificateAuthority: a key that the CA has already gets the new value.
struct TagCertificateAuthority {
  static constexpr std::string_view name = "TagCertificateAuthority";
  struct Request {
    AuthorityArn certificate_authority_arn;
    std::vector<Tag> tags{};
    static constexpr auto fields =
        std::tuple{aws::required("CertificateAuthorityArn", &Request::certificate_authority_arn,
                                 arn_length, arn_pattern),
                   aws::required("Tags", &Request::tags, aws::length(1, 50))};
  };
  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidTagException: a reserved key, or one twice. TooManyTagsException: more than 50 in all.
  // InvalidStateException: the CA is deleted.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  Settings settings;
};

}  // namespace everseal::acmpca
