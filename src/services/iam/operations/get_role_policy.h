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

// GetRolePolicy: an inline policy of a role. The document is percent-encoded (RFC 3986).
struct GetRolePolicy {
  static constexpr std::string_view name = "GetRolePolicy";
  struct Request {
    std::string role_name;
    std::string policy_name;
    static constexpr auto fields = std::tuple{
        aws::required("RoleName", &Request::role_name, shapes::new_name, shapes::name_letters),
        aws::required("PolicyName", &Request::policy_name, shapes::existing_name,
                      shapes::name_letters)};
  };
  struct Response {
    std::string role_name;
    std::string policy_name;
    std::string policy_document;
    static constexpr auto fields =
        std::tuple{aws::required("RoleName", &Response::role_name),
                   aws::required("PolicyName", &Response::policy_name),
                   aws::required("PolicyDocument", &Response::policy_document)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: there is no such role, or it has no inline policy of that name.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::iam
