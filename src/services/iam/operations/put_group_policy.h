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

// PutGroupPolicy: an inline policy of a group, new or in the place of the one of that name. In
// force when answered.
struct PutGroupPolicy {
  static constexpr std::string_view name = "PutGroupPolicy";
  struct Request {
    std::string group_name;
    std::string policy_name;
    std::string policy_document;
    static constexpr auto fields =
        std::tuple{aws::required("GroupName", &Request::group_name, shapes::existing_name,
                                 shapes::name_letters),
                   aws::required("PolicyName", &Request::policy_name, shapes::existing_name,
                                 shapes::name_letters),
                   aws::required("PolicyDocument", &Request::policy_document,
                                 shapes::document_length, shapes::document_letters)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: the account has no group of that name.
  // MalformedPolicyDocument: with the reason.
  // LimitExceeded: the group's inline policies together have more than 5120 characters, white space
  // not counted.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Directory& directory;
};

}  // namespace everseal::iam
