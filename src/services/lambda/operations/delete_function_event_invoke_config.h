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

// DeleteFunctionEventInvokeConfig: all is as usual again.
struct DeleteFunctionEventInvokeConfig {
  static constexpr std::string_view name = "DeleteFunctionEventInvokeConfig";
  static constexpr aws::Http http{"DELETE",
                                  "/2019-09-25/functions/{FunctionName}/event-invoke-config", 204};
  struct Request {
    std::string function_name;
    static constexpr auto fields = std::tuple{aws::required("FunctionName", &Request::function_name,
                                                            aws::in_label(), shapes::name_length)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: no function, or nothing was put.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
