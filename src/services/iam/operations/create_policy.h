#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "random/random.h"
#include "result/result.h"
#include "services/iam/shapes.h"
#include "sql/database.h"

namespace everseal::iam {

// CreatePolicy: a managed policy, version v1. In force for those it is attached to.
struct CreatePolicy {
  static constexpr std::string_view name = "CreatePolicy";
  struct Request {
    std::string policy_name;
    std::optional<std::string> path;
    std::string policy_document;
    std::optional<std::string> description;
    std::vector<shapes::Tag> tags;
    static constexpr auto fields =
        std::tuple{aws::required("PolicyName", &Request::policy_name, shapes::existing_name,
                                 shapes::name_letters),
                   aws::optional("Path", &Request::path, shapes::path_length, shapes::path_letters),
                   aws::required("PolicyDocument", &Request::policy_document,
                                 shapes::document_length, shapes::document_letters),
                   aws::optional("Description", &Request::description, aws::length(0, 1000)),
                   aws::optional("Tags", &Request::tags, shapes::tag_count)};
  };
  struct Response {
    shapes::Policy policy;
    static constexpr auto fields = std::tuple{aws::required("Policy", &Response::policy)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // EntityAlreadyExists: the account has a policy of that name, in whatever case.
  // MalformedPolicyDocument: with the reason.
  // LimitExceeded: it has 1500 policies, or the document more than 6144 characters, white space not
  // counted.
  // InvalidInput: a tag twice.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Random& random;
  const Clock& clock;
};

}  // namespace everseal::iam
