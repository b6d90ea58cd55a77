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
#include "services/lambda/alias_shapes.h"
#include "services/lambda/functions.h"
#include "services/lambda/shapes.h"

namespace everseal::lambda {

// DeleteAlias: with its policy. Nothing is done if there is none.
struct DeleteAlias {
  static constexpr std::string_view name = "DeleteAlias";
  static constexpr aws::Http http{"DELETE", "/2015-03-31/functions/{FunctionName}/aliases/{Name}",
                                  204};
  using Request = shapes::AliasOf;
  using Response = aws::Empty;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: no such function.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
