#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "result/result.h"
#include "services/lambda/invoker.h"

// Who may invoke a function, as AddPermission writes it: a policy of statements that allow.
namespace everseal::lambda {

struct Permission {
  std::string statement_id;
  std::string action;     // "lambda:InvokeFunction"
  std::string principal;  // "events.amazonaws.com", an account, an ARN, "*"
  std::optional<std::string> source_arn{};
  std::optional<std::string> source_account{};
  std::optional<std::string> principal_org_id{};
};

// The statement as JSON, in one line.
std::string statement_of(const Permission& permission, std::string_view resource);

// The policy with this statement besides. ResourceConflictException: there is one of that id.
// InvalidParameterValueException: it would be no policy.
Result<std::string, ApiError> with_statement(const std::optional<std::string>& policy,
                                             const std::string& statement,
                                             std::string_view statement_id);
// The policy without it; nothing: that was the last one. ResourceNotFoundException: there is none.
Result<std::optional<std::string>, ApiError> without_statement(
    const std::optional<std::string>& policy, std::string_view statement_id);

// Whom that statement lets in: "events.amazonaws.com", "*", an ARN. Nothing: there is none.
Result<std::optional<std::string>> principal_in(const std::optional<std::string>& policy,
                                                std::string_view statement_id);

// Whether the policy lets a service invoke the function. Broken: it cannot be read.
Result<bool> lets_invoke(const std::optional<std::string>& policy, std::string_view function_arn,
                         const Invoker::Source& source);

}  // namespace everseal::lambda
