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
#include "services/elbv2/attribute_book.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// ModifyTargetGroupAttributes: those that are given.
struct ModifyTargetGroupAttributes {
  static constexpr std::string_view name = "ModifyTargetGroupAttributes";
  struct Request {
    std::string target_group_arn;
    std::vector<shapes::Attribute> attributes;
    static constexpr auto fields =
        std::tuple{aws::required("TargetGroupArn", &Request::target_group_arn),
                   aws::required("Attributes", &Request::attributes, aws::length(0, 50))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // All or none; answers all there are afterwards. TargetGroupNotFound. ValidationError: an
  // attribute that is not known or a value that does not suit. InvalidConfigurationRequest: values
  // that do not go together.
  Result<AttributesAnswer, ApiError> operator()(const Request& request,
                                                const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::elbv2
