#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/elbv2/trust_stores/content_links.h"
#include "services/elbv2/trust_stores/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2::trust_stores {

// GetTrustStoreRevocationContent: where a CRL of a trust store is fetched, for ten minutes.
struct GetTrustStoreRevocationContent {
  static constexpr std::string_view name = "GetTrustStoreRevocationContent";
  struct Request {
    std::string trust_store_arn;
    std::int64_t revocation_id = 0;
    static constexpr auto fields =
        std::tuple{aws::required("TrustStoreArn", &Request::trust_store_arn),
                   aws::required("RevocationId", &Request::revocation_id)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // TrustStoreNotFound, RevocationIdNotFound, ValidationError (the ARN).
  Result<shapes::Location, ApiError> operator()(const Request& request,
                                                const aws::Call& call) const;

  sql::Database& database;
  const ContentLinks& links;
};

}  // namespace everseal::elbv2::trust_stores
