#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/iam/shapes.h"
#include "sql/database.h"

namespace everseal::iam {

// GetGroupPolicy: an inline policy of a group. The document is percent-encoded (RFC 3986).
struct GetGroupPolicy {
  static constexpr std::string_view name = "GetGroupPolicy";
  struct Request {
    std::string group_name;
    std::string policy_name;
    static constexpr auto fields =
        std::tuple{aws::required("GroupName", &Request::group_name, shapes::existing_name,
                                 shapes::name_letters),
                   aws::required("PolicyName", &Request::policy_name, shapes::existing_name,
                                 shapes::name_letters)};
  };
  struct Response {
    std::string group_name;
    std::string policy_name;
    std::string policy_document;
    static constexpr auto fields =
        std::tuple{aws::required("GroupName", &Response::group_name),
                   aws::required("PolicyName", &Response::policy_name),
                   aws::required("PolicyDocument", &Response::policy_document)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: there is no such group, or it has no inline policy of that name.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::iam
