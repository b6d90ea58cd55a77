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

// GetPolicy: who may invoke a function, a version or an alias.
struct GetPolicy {
  static constexpr std::string_view name = "GetPolicy";
  static constexpr aws::Http http{"GET", "/2015-03-31/functions/{FunctionName}/policy"};
  struct Request {
    std::string function_name;
    std::optional<std::string> qualifier;
    static constexpr auto fields =
        std::tuple{aws::required("FunctionName", &Request::function_name, aws::in_label(),
                                 shapes::name_length),
                   aws::optional("Qualifier", &Request::qualifier, aws::in_query())};
  };
  struct Response {
    std::string policy;  // JSON
    std::string revision_id;
    static constexpr auto fields = std::tuple{aws::required("Policy", &Response::policy),
                                              aws::required("RevisionId", &Response::revision_id)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: no function, or nobody was let in.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
