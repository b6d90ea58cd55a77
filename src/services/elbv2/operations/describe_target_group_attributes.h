#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/elbv2/attribute_book.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// DescribeTargetGroupAttributes: all that there are, those that were never said with their usual
// value.
struct DescribeTargetGroupAttributes {
  static constexpr std::string_view name = "DescribeTargetGroupAttributes";
  struct Request {
    std::string target_group_arn;
    static constexpr auto fields =
        std::tuple{aws::required("TargetGroupArn", &Request::target_group_arn)};
  };

  aws::Access access(const Request&, const aws::Call&) const { return aws::on_anything(); }
  // TargetGroupNotFound. ValidationError: not the ARN of a target group.
  Result<AttributesAnswer, ApiError> operator()(const Request& request,
                                                const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::elbv2
