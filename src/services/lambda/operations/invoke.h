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

// Invoke: runs a function, and waits for what it says; or accepts the event for it; or only looks
// whether the caller might.
struct Invoke {
  static constexpr std::string_view name = "Invoke";
  static constexpr aws::Http http{"POST", "/2015-03-31/functions/{FunctionName}/invocations"};
  static constexpr std::size_t body_limit = 8 << 20;
  struct Request {
    std::string function_name;
    std::optional<std::string> invocation_type;
    std::optional<std::string> log_type;
    std::optional<std::string> client_context;
    std::optional<std::string> qualifier;
    Bytes payload;
    static constexpr auto fields =
        std::tuple{aws::required("FunctionName", &Request::function_name, aws::in_label(),
                                 shapes::name_length),
                   aws::optional("InvocationType", &Request::invocation_type,
                                 aws::in_header("X-Amz-Invocation-Type")),
                   aws::optional("LogType", &Request::log_type, aws::in_header("X-Amz-Log-Type")),
                   aws::optional("ClientContext", &Request::client_context,
                                 aws::in_header("X-Amz-Client-Context")),
                   aws::optional("Qualifier", &Request::qualifier, aws::in_query()),
                   aws::optional("Payload", &Request::payload, aws::as_payload())};
  };
  struct Response {
    std::int64_t status_code = 200;
    std::optional<std::string> function_error{};
    std::optional<std::string> log_result{};
    std::optional<std::string> executed_version{};
    std::optional<Bytes> payload{};
    static constexpr auto fields = std::tuple{
        aws::required("StatusCode", &Response::status_code, aws::as_status()),
        aws::optional("FunctionError", &Response::function_error,
                      aws::in_header("X-Amz-Function-Error")),
        aws::optional("LogResult", &Response::log_result, aws::in_header("X-Amz-Log-Result")),
        aws::optional("ExecutedVersion", &Response::executed_version,
                      aws::in_header("X-Amz-Executed-Version")),
        aws::optional("Payload", &Response::payload, aws::as_payload())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException; InvalidRequestContentException: the payload is not JSON;
  // RequestTooLargeException: more than 6 MB, or 1 MB of an event; TooManyRequestsException: as
  // many run as may; ServiceException: this machine cannot run it. An error of the function is an
  // answer.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
