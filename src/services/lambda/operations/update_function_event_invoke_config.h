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

// UpdateFunctionEventInvokeConfig: what is given changes.
struct UpdateFunctionEventInvokeConfig {
  static constexpr std::string_view name = "UpdateFunctionEventInvokeConfig";
  static constexpr aws::Http http{"POST",
                                  "/2019-09-25/functions/{FunctionName}/event-invoke-config"};
  using Request = shapes::EventInvokeWishes;
  using Response = shapes::EventInvokeConfig;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: no function, or nothing was put.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
