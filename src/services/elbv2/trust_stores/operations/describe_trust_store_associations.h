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
#include "services/elbv2/trust_stores/associations.h"
#include "services/elbv2/trust_stores/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2::trust_stores {

// DescribeTrustStoreAssociations: what uses a trust store, by ARN, in pages.
struct DescribeTrustStoreAssociations {
  static constexpr std::string_view name = "DescribeTrustStoreAssociations";
  struct Request {
    std::string trust_store_arn;
    std::optional<std::string> marker;
    std::optional<std::int64_t> page_size;
    static constexpr auto fields =
        std::tuple{aws::required("TrustStoreArn", &Request::trust_store_arn),
                   aws::optional("Marker", &Request::marker),
                   aws::optional("PageSize", &Request::page_size, shapes::page_size)};
  };
  struct Association {
    std::string resource_arn;
    static constexpr auto fields =
        std::tuple{aws::required("ResourceArn", &Association::resource_arn)};
  };
  struct Response {
    std::vector<Association> associations;
    std::optional<std::string> next_marker;
    static constexpr auto fields =
        std::tuple{aws::always("TrustStoreAssociations", &Response::associations),
                   aws::optional("NextMarker", &Response::next_marker)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // TrustStoreNotFound. ValidationError: no ARN of a trust store, or a marker that is not of this
  // list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Associations* associations;  // null: nothing uses trust stores
};

}  // namespace everseal::elbv2::trust_stores
