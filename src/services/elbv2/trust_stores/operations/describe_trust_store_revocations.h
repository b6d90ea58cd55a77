#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/elbv2/trust_stores/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2::trust_stores {

// DescribeTrustStoreRevocations: the CRLs of a trust store, those with these IDs or all, by ID, in
// pages.
struct DescribeTrustStoreRevocations {
  static constexpr std::string_view name = "DescribeTrustStoreRevocations";
  struct Request {
    std::string trust_store_arn;
    std::vector<std::int64_t> revocation_ids;
    std::optional<std::string> marker;
    std::optional<std::int64_t> page_size;
    static constexpr auto fields =
        std::tuple{aws::required("TrustStoreArn", &Request::trust_store_arn),
                   aws::optional("RevocationIds", &Request::revocation_ids),
                   aws::optional("Marker", &Request::marker),
                   aws::optional("PageSize", &Request::page_size, shapes::page_size)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // TrustStoreNotFound, RevocationIdNotFound. ValidationError: no ARN of a trust store, or a marker
  // that is not of this list.
  Result<shapes::TrustStoreRevocations, ApiError> operator()(const Request& request,
                                                             const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::elbv2::trust_stores
