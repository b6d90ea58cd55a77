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

// GetFunctionConcurrency: what PutFunctionConcurrency said; nothing, if that was not asked.
struct GetFunctionConcurrency {
  static constexpr std::string_view name = "GetFunctionConcurrency";
  static constexpr aws::Http http{"GET", "/2019-09-30/functions/{FunctionName}/concurrency"};
  struct Request {
    std::string function_name;
    static constexpr auto fields = std::tuple{aws::required("FunctionName", &Request::function_name,
                                                            aws::in_label(), shapes::name_length)};
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
