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

// DescribeListenerAttributes: all that there are, those that were never said with their usual
// value.
struct DescribeListenerAttributes {
  static constexpr std::string_view name = "DescribeListenerAttributes";
  struct Request {
    std::string listener_arn;
    static constexpr auto fields = std::tuple{aws::required("ListenerArn", &Request::listener_arn)};
  };

  aws::Access access(const Request&, const aws::Call&) const { return aws::on_anything(); }
  // ListenerNotFound. ValidationError: not the ARN of a listener.
  Result<AttributesAnswer, ApiError> operator()(const Request& request,
                                                const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::elbv2
