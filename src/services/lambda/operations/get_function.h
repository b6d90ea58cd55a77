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
#include "services/lambda/code_links.h"
#include "services/lambda/functions.h"
#include "services/lambda/shapes.h"

namespace everseal::lambda {

// GetFunction: a function with its tags, and where its code can be fetched for ten minutes.
struct GetFunction {
  static constexpr std::string_view name = "GetFunction";
  static constexpr aws::Http http{"GET", "/2015-03-31/functions/{FunctionName}"};
  struct Request {
    std::string function_name;
    std::optional<std::string> qualifier;
    static constexpr auto fields =
        std::tuple{aws::required("FunctionName", &Request::function_name, aws::in_label(),
                                 shapes::name_length),
                   aws::optional("Qualifier", &Request::qualifier, aws::in_query())};
  };
  struct Concurrency {
    std::int64_t reserved_concurrent_executions = 0;
    static constexpr auto fields = std::tuple{aws::required(
        "ReservedConcurrentExecutions", &Concurrency::reserved_concurrent_executions)};
  };
  struct Code {
    std::string repository_type;
    std::string location;
    static constexpr auto fields =
        std::tuple{aws::required("RepositoryType", &Code::repository_type),
                   aws::required("Location", &Code::location, aws::sensitive())};
  };
  struct Response {
    shapes::Configuration configuration;
    Code code;
    shapes::TagMap tags;
    std::optional<Concurrency> concurrency;
    static constexpr auto fields =
        std::tuple{aws::required("Configuration", &Response::configuration),
                   aws::required("Code", &Response::code), aws::optional("Tags", &Response::tags),
                   aws::optional("Concurrency", &Response::concurrency)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
  const CodeLinks& code_links;
};

}  // namespace everseal::lambda
