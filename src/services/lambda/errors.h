#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "aws/api_error.h"

// Refusals, in Lambda's words where they are known.
namespace everseal::lambda {

// ResourceNotFoundException, 404
ApiError no_such_function(std::string_view arn);
ApiError no_policy(std::string_view arn);
ApiError no_such_statement(std::string_view id);
ApiError no_event_config(std::string_view arn);
ApiError no_such_alias(std::string_view arn);

// ResourceConflictException, 409
ApiError function_exists(std::string_view name);
ApiError statement_exists(std::string_view id);
ApiError alias_exists(std::string_view arn);
ApiError aliases_lead_to(std::string_view version_arn, std::string_view alias);

// InvalidParameterValueException, 400
ApiError not_a_function_name(std::string_view text);
ApiError invalid(std::string message);
ApiError two_qualifiers();
ApiError for_functions_only();
ApiError other_code(std::string_view asked, std::string_view there);
ApiError cannot_unzip(std::string_view why);
ApiError cannot_be_assumed();
ApiError no_destination(std::string_view arn);
ApiError may_not_send(std::string_view arn);
ApiError no_such_object(std::string_view code, std::string_view what);
ApiError no_sandbox(std::string_view why);

ApiError changed_meanwhile();             // PreconditionFailedException, 412
ApiError not_json(std::string_view why);  // InvalidRequestContentException, 400
ApiError too_large(std::int64_t most, std::string_view operation);  // RequestTooLargeException, 413
ApiError throttled(std::string_view why);                           // TooManyRequestsException, 429
ApiError cannot_run_now();                                          // ServiceException, 500
ApiError not_allowed(std::string message);                          // AccessDeniedException, 403

}  // namespace everseal::lambda
