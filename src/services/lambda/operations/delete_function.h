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

// DeleteFunction: with its versions and aliases, code, tags and policies, and the events that wait
// for it; or one version.
struct DeleteFunction {
  static constexpr std::string_view name = "DeleteFunction";
  static constexpr aws::Http http{"DELETE", "/2015-03-31/functions/{FunctionName}", 204};
  struct Request {
    std::string function_name;
    std::optional<std::string> qualifier;
    static constexpr auto fields =
        std::tuple{aws::required("FunctionName", &Request::function_name, aws::in_label(),
                                 shapes::name_length),
                   aws::optional("Qualifier", &Request::qualifier, aws::in_query())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  // InvalidParameterValueException: $LATEST, or an alias.
  // ResourceConflictException: an alias leads to this version.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
