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

// PublishVersion: keeps the code and the configuration of a function as they are now, under the
// next number. Does nothing if neither has changed since the last one.
struct PublishVersion {
  static constexpr std::string_view name = "PublishVersion";
  static constexpr aws::Http http{"POST", "/2015-03-31/functions/{FunctionName}/versions", 201};
  struct Request {
    std::string function_name;
    std::optional<std::string> code_sha256;
    std::optional<std::string> description;
    std::optional<std::string> revision_id;
    static constexpr auto fields =
        std::tuple{aws::required("FunctionName", &Request::function_name, aws::in_label(),
                                 shapes::name_length),
                   aws::optional("CodeSha256", &Request::code_sha256),
                   aws::optional("Description", &Request::description, shapes::description_length),
                   aws::optional("RevisionId", &Request::revision_id)};
  };
  using Response = shapes::Configuration;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException, PreconditionFailedException.
  // InvalidParameterValueException: the code is another one.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
