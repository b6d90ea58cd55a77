#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/elbv2/shapes.h"
#include "services/elbv2/trust_stores.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// RemoveTags: from each of the resources. Done also where they are not there.
struct RemoveTags {
  static constexpr std::string_view name = "RemoveTags";
  struct Request {
    std::vector<std::string> resource_arns;
    std::vector<std::string> tag_keys;
    static constexpr auto fields =
        std::tuple{aws::required("ResourceArns", &Request::resource_arns),
                   aws::required("TagKeys", &Request::tag_keys,
                                 aws::each(aws::length(1, 128), shapes::tag_letters))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // All or none; as AddTags.
  Result<shapes::Nothing, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const TrustStores& trust_stores;
};

}  // namespace everseal::elbv2
