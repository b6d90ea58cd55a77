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

// GetFunctionEventInvokeConfig: what PutFunctionEventInvokeConfig said.
struct GetFunctionEventInvokeConfig {
  static constexpr std::string_view name = "GetFunctionEventInvokeConfig";
  static constexpr aws::Http http{"GET",
                                  "/2019-09-25/functions/{FunctionName}/event-invoke-config"};
  struct Request {
    std::string function_name;
    static constexpr auto fields = std::tuple{aws::required("FunctionName", &Request::function_name,
                                                            aws::in_label(), shapes::name_length)};
  };
  using Response = shapes::EventInvokeConfig;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: no function, or nothing was put.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
