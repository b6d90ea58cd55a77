#pragma once

#include <string_view>

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
  using Request = shapes::EventInvokeWishes;
  using Response = shapes::EventInvokeConfig;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
