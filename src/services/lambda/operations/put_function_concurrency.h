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

// PutFunctionConcurrency: how many of a function run at once, at most; 0 stops it.
struct PutFunctionConcurrency {
  static constexpr std::string_view name = "PutFunctionConcurrency";
  static constexpr aws::Http http{"PUT", "/2017-10-31/functions/{FunctionName}/concurrency"};
  struct Request {
    std::string function_name;
    std::int64_t reserved_concurrent_executions = 0;
    static constexpr auto fields =
        std::tuple{aws::required("FunctionName", &Request::function_name, aws::in_label(),
                                 shapes::name_length),
                   aws::required("ReservedConcurrentExecutions",
                                 &Request::reserved_concurrent_executions, aws::range(0, 100000))};
  };
  struct Response {
    std::optional<std::int64_t> reserved_concurrent_executions;
    static constexpr auto fields = std::tuple{
        aws::optional("ReservedConcurrentExecutions", &Response::reserved_concurrent_executions)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
