#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "result/result.h"
#include "services/lambda/functions.h"
#include "services/lambda/shapes.h"

namespace everseal::lambda {

// AddPermission: lets a service or an account invoke a function.
struct AddPermission {
  static constexpr std::string_view name = "AddPermission";
  static constexpr aws::Http http{"POST", "/2015-03-31/functions/{FunctionName}/policy", 201};
  struct Request {
    std::string function_name;
    std::string statement_id;
    std::string action;
    std::string principal;
    std::optional<std::string> source_arn;
    std::optional<std::string> source_account;
    std::optional<std::string> principal_org_id;
    std::optional<std::string> qualifier;
    std::optional<std::string> revision_id;
    static constexpr auto fields = std::tuple{
        aws::required("FunctionName", &Request::function_name, aws::in_label(),
                      shapes::name_length),
        aws::required("StatementId", &Request::statement_id, aws::length(1, 100),
                      aws::pattern("([a-zA-Z0-9-_]+)")),
        aws::required("Action", &Request::action,
                      aws::pattern(R"((lambda:[*]|lambda:[a-zA-Z]+|[*]))")),
        aws::required("Principal", &Request::principal, aws::pattern(R"([^\s]+)")),
        aws::optional("SourceArn", &Request::source_arn, aws::length(1, 2048)),
        aws::optional("SourceAccount", &Request::source_account, aws::pattern(R"(\d{12})")),
        aws::optional("PrincipalOrgID", &Request::principal_org_id,
                      aws::pattern("o-[a-z0-9]{10,32}")),
        aws::optional("Qualifier", &Request::qualifier, aws::in_query()),
        aws::optional("RevisionId", &Request::revision_id)};
  };
  struct Response {
    std::string statement;  // JSON
    static constexpr auto fields = std::tuple{aws::required("Statement", &Response::statement)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException, PreconditionFailedException.
  // ResourceConflictException: there is a statement of that id.
  // InvalidParameterValueException: a principal that nobody is.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
