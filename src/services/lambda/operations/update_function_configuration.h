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
#include "services/lambda/unsupported.h"

namespace everseal::lambda {

// UpdateFunctionConfiguration: what is given changes, from the next invocation on.
struct UpdateFunctionConfiguration {
  static constexpr std::string_view name = "UpdateFunctionConfiguration";
  static constexpr aws::Http http{"PUT", "/2015-03-31/functions/{FunctionName}/configuration"};
  struct Request {
    std::string function_name;
    std::optional<std::string> role;
    std::optional<std::string> runtime;
    std::optional<std::string> handler;
    std::optional<std::string> description;
    std::optional<std::int64_t> timeout;
    std::optional<std::int64_t> memory_size;
    std::optional<shapes::EphemeralStorage> ephemeral_storage;
    std::optional<shapes::Environment> environment;
    std::vector<std::string> layers;
    std::optional<shapes::DeadLetterConfig> dead_letter_config;
    std::optional<unsupported::VpcConfig> vpc_config;
    std::optional<std::string> revision_id;
    static constexpr auto fields =
        std::tuple{aws::required("FunctionName", &Request::function_name, aws::in_label(),
                                 shapes::name_length),
                   aws::optional("Role", &Request::role, shapes::role_letters),
                   aws::optional("Runtime", &Request::runtime),
                   aws::optional("Handler", &Request::handler, shapes::handler_length,
                                 shapes::handler_letters),
                   aws::optional("Description", &Request::description, shapes::description_length),
                   aws::optional("Timeout", &Request::timeout, shapes::timeout_range),
                   aws::optional("MemorySize", &Request::memory_size, shapes::memory_range),
                   aws::optional("EphemeralStorage", &Request::ephemeral_storage),
                   aws::optional("Environment", &Request::environment),
                   aws::optional("Layers", &Request::layers),
                   aws::optional("DeadLetterConfig", &Request::dead_letter_config),
                   aws::optional("VpcConfig", &Request::vpc_config),
                   aws::optional("RevisionId", &Request::revision_id)};
  };
  using Response = shapes::Configuration;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException, PreconditionFailedException.
  // InvalidParameterValueException: as CreateFunction.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
