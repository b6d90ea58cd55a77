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
#include "services/elbv2/trust_stores/followed.h"
#include "services/elbv2/trust_stores/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2::trust_stores {

// DescribeTrustStores: those named by ARN or by name, or all of the account in the region, by name,
// in pages.
struct DescribeTrustStores {
  static constexpr std::string_view name = "DescribeTrustStores";
  struct Request {
    std::vector<std::string> trust_store_arns;
    std::vector<std::string> names;
    std::optional<std::string> marker;
    std::optional<std::int64_t> page_size;
    static constexpr auto fields = std::tuple{
        aws::optional("TrustStoreArns", &Request::trust_store_arns),
        aws::optional("Names", &Request::names), aws::optional("Marker", &Request::marker),
        aws::optional("PageSize", &Request::page_size, shapes::page_size)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // TrustStoreNotFound: one of the ARNs or names. ValidationError: both are given, or no ARN of a
  // trust store, or a marker that is not of this list.
  Result<shapes::TrustStores, ApiError> operator()(const Request& request,
                                                   const aws::Call& call) const;

  sql::Database& database;
  Followed followed;
};

}  // namespace everseal::elbv2::trust_stores
