#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/iam/directory.h"
#include "services/iam/shapes.h"
#include "sql/database.h"

namespace everseal::iam {

// PutRolePolicy: an inline policy of a role, new or in the place of the one of that name. In force
// when answered.
struct PutRolePolicy {
  static constexpr std::string_view name = "PutRolePolicy";
  struct Request {
    std::string role_name;
    std::string policy_name;
    std::string policy_document;
    static constexpr auto fields = std::tuple{
        aws::required("RoleName", &Request::role_name, shapes::new_name, shapes::name_letters),
        aws::required("PolicyName", &Request::policy_name, shapes::existing_name,
                      shapes::name_letters),
        aws::required("PolicyDocument", &Request::policy_document, shapes::document_length,
                      shapes::document_letters)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: the account has no role of that name.
  // MalformedPolicyDocument: with the reason.
  // LimitExceeded: the role's inline policies together have more than 10240 characters, white space
  // not counted.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Directory& directory;
};

}  // namespace everseal::iam
