#pragma once

#include <cstdint>
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
#include "services/elbv2/trust_stores/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2::trust_stores {

// RemoveTrustStoreRevocations: CRLs are taken out of a trust store, all of these or none. Their IDs
// are never given again.
struct RemoveTrustStoreRevocations {
  static constexpr std::string_view name = "RemoveTrustStoreRevocations";
  struct Request {
    std::string trust_store_arn;
    std::vector<std::int64_t> revocation_ids;
    static constexpr auto fields =
        std::tuple{aws::required("TrustStoreArn", &Request::trust_store_arn),
                   aws::required("RevocationIds", &Request::revocation_ids)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // TrustStoreNotFound, RevocationIdNotFound. ValidationError: no ARN of a trust store, or no ID.
  Result<shapes::Done, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::elbv2::trust_stores
