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

// PutFunctionEventInvokeConfig: how often an event is tried, and how old it may become. What is not
// given is as usual again.
struct PutFunctionEventInvokeConfig {
  static constexpr std::string_view name = "PutFunctionEventInvokeConfig";
  static constexpr aws::Http http{"PUT",
                                  "/2019-09-25/functions/{FunctionName}/event-invoke-config"};
  struct Request {
    std::string function_name;
    std::optional<std::string> qualifier;
    std::optional<std::int64_t> maximum_retry_attempts;
    std::optional<std::int64_t> maximum_event_age_in_seconds;
    static constexpr auto fields = std::tuple{
        aws::required("FunctionName", &Request::function_name, aws::in_label(),
                      shapes::name_length),
        aws::optional("Qualifier", &Request::qualifier, aws::in_query()),
        aws::optional("MaximumRetryAttempts", &Request::maximum_retry_attempts, aws::range(0, 2)),
        aws::optional("MaximumEventAgeInSeconds", &Request::maximum_event_age_in_seconds,
                      aws::range(60, 21600))};
  };
  using Response = shapes::EventInvokeConfig;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
