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

// GetFunctionCodeSigningConfig: there is none, ever; Terraform asks.
struct GetFunctionCodeSigningConfig {
  static constexpr std::string_view name = "GetFunctionCodeSigningConfig";
  static constexpr aws::Http http{"GET",
                                  "/2020-06-30/functions/{FunctionName}/code-signing-config"};
  struct Request {
    std::string function_name;
    static constexpr auto fields = std::tuple{aws::required("FunctionName", &Request::function_name,
                                                            aws::in_label(), shapes::name_length)};
  };
  struct Response {
    std::string function_name;
    static constexpr auto fields =
        std::tuple{aws::required("FunctionName", &Response::function_name)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
