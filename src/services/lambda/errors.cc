#include "services/lambda/errors.h"

#include <utility>

namespace everseal::lambda {
namespace {

ApiError not_found(std::string message) {
  return {"ResourceNotFoundException", 404, std::move(message)};
}
ApiError conflict(std::string message) {
  return {"ResourceConflictException", 409, std::move(message)};
}

}  // namespace

ApiError no_such_function(std::string_view arn) {
  return not_found("Function not found: " + std::string(arn));
}

ApiError no_policy(std::string_view arn) {
  return not_found("No policy is associated with the given resource: " + std::string(arn));
}

ApiError no_such_statement(std::string_view id) {
  return not_found("Statement " + std::string(id) + " is not found in resource policy.");
}

ApiError no_event_config(std::string_view arn) {
  return not_found("The function " + std::string(arn) + " doesn't have an EventInvokeConfig");
}

ApiError no_such_alias(std::string_view arn) {
  return not_found("Cannot find alias arn: " + std::string(arn));
}

ApiError alias_exists(std::string_view arn) {
  return conflict("Alias already exists: " + std::string(arn));
}

ApiError aliases_lead_to(std::string_view version_arn, std::string_view alias) {
  return conflict("Unable to delete version because the following aliases reference it: [" +
                  std::string(alias) + "]: " + std::string(version_arn));
}

ApiError function_exists(std::string_view name) {
  return conflict("Function already exist: " + std::string(name));
}

ApiError statement_exists(std::string_view id) {
  return conflict("The statement id (" + std::string(id) +
                  ") provided already exists. Please provide a new statement id, or remove the "
                  "existing statement.");
}

ApiError invalid(std::string message) {
  return {"InvalidParameterValueException", 400, std::move(message)};
}

ApiError two_qualifiers() {
  return invalid(
      "The derived qualifier from the function name does not match the specified qualifier.");
}

ApiError for_functions_only() {
  return invalid(
      "This operation is permitted on Lambda functions only. Aliases and versions do not support "
      "this operation. Please specify either a function name or an unqualified function ARN.");
}

ApiError other_code(std::string_view asked, std::string_view there) {
  return invalid("CodeSHA256 (" + std::string(asked) +
                 ") is different from current CodeSHA256 in "
                 "$LATEST (" +
                 std::string(there) + "). Please try again with the CodeSHA256 in $LATEST.");
}

ApiError not_a_function_name(std::string_view text) {
  constexpr std::size_t longest_shown = 200;
  return invalid("\"" + std::string(text.substr(0, longest_shown)) +
                 "\" is not the name or ARN of a function.");
}

ApiError cannot_unzip(std::string_view why) {
  return invalid(
      "Could not unzip uploaded file. Please check your file, then try to upload again: " +
      std::string(why) + ".");
}

ApiError cannot_be_assumed() {
  return invalid("The role defined for the function cannot be assumed by Lambda.");
}

ApiError no_destination(std::string_view arn) {
  return invalid("The provided target " + std::string(arn) +
                 " is none that Everseal can tell: queues, functions and event buses are, and for "
                 "dead letters queues.");
}

ApiError may_not_send(std::string_view arn) {
  return invalid("The provided execution role does not have permissions to send to " +
                 std::string(arn) + ".");
}

ApiError no_such_object(std::string_view code, std::string_view what) {
  return invalid("Error occurred while GetObject. S3 Error Code: " + std::string(code) +
                 ". S3 Error Message: The specified " + std::string(what) + " does not exist.");
}

ApiError no_sandbox(std::string_view why) {
  return invalid("This server cannot run functions, and takes none, as it cannot make a sandbox: " +
                 std::string(why));
}

ApiError changed_meanwhile() {
  return {"PreconditionFailedException", 412,
          "The Revision Id provided does not match the latest Revision Id. Call the GetFunction "
          "API to retrieve the latest Revision Id"};
}

ApiError not_json(std::string_view why) {
  return {"InvalidRequestContentException", 400,
          "Could not parse request body into json: " + std::string(why)};
}

ApiError too_large(std::int64_t most, std::string_view operation) {
  return {"RequestTooLargeException", 413,
          "Request must be smaller than " + std::to_string(most) + " bytes for the " +
              std::string(operation) + " operation"};
}

ApiError throttled(std::string_view why) {
  ApiError error{"TooManyRequestsException", 429, "Rate Exceeded."};
  error.details.emplace_back("Reason", std::string(why));
  error.details.emplace_back("retryAfterSeconds", "1");
  return error;
}

ApiError cannot_run_now() {
  return {"ServiceException", 500, "The function cannot be run now; the server's log says why."};
}

ApiError not_allowed(std::string message) {
  return {"AccessDeniedException", 403, std::move(message)};
}

}  // namespace everseal::lambda
