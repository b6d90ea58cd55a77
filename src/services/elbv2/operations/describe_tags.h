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

// DescribeTags: of at most twenty resources.
struct DescribeTags {
  static constexpr std::string_view name = "DescribeTags";
  struct Request {
    std::vector<std::string> resource_arns;
    static constexpr auto fields =
        std::tuple{aws::required("ResourceArns", &Request::resource_arns)};
  };
  struct Description {
    std::string resource_arn;
    std::vector<shapes::Tag> tags;
    static constexpr auto fields =
        std::tuple{aws::required("ResourceArn", &Description::resource_arn),
                   aws::always("Tags", &Description::tags)};
  };
  struct Response {
    std::vector<Description> tag_descriptions;
    static constexpr auto fields =
        std::tuple{aws::always("TagDescriptions", &Response::tag_descriptions)};
  };

  aws::Access access(const Request&, const aws::Call&) const { return aws::on_anything(); }
  // As AddTags.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const TrustStores& trust_stores;
};

}  // namespace everseal::elbv2
