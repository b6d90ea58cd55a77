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

// AddTags: to each of the resources; a new value takes the place of the old.
struct AddTags {
  static constexpr std::string_view name = "AddTags";
  struct Request {
    std::vector<std::string> resource_arns;
    std::vector<shapes::Tag> tags;
    static constexpr auto fields =
        std::tuple{aws::required("ResourceArns", &Request::resource_arns),
                   aws::required("Tags", &Request::tags, shapes::tag_count)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // All or none. LoadBalancerNotFound, ListenerNotFound, RuleNotFound, TargetGroupNotFound,
  // TrustStoreNotFound. TooManyTags: one would have more than 50. DuplicateTagKeys.
  Result<shapes::Nothing, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const TrustStores& trust_stores;
};

}  // namespace everseal::elbv2
