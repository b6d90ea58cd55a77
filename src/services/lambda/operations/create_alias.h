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

// CreateAlias: a name for a version, which may lead to another one later.
struct CreateAlias {
  static constexpr std::string_view name = "CreateAlias";
  static constexpr aws::Http http{"POST", "/2015-03-31/functions/{FunctionName}/aliases", 201};
  struct Request {
    std::string function_name;
    std::string alias;
    std::string function_version;
    std::optional<std::string> description;
    std::optional<shapes::RoutingConfig> routing_config;
    static constexpr auto fields = std::tuple{
        aws::required("FunctionName", &Request::function_name, aws::in_label(),
                      shapes::name_length),
        aws::required("Name", &Request::alias, shapes::alias_length, shapes::alias_letters),
        aws::required("FunctionVersion", &Request::function_version, shapes::version_letters),
        aws::optional("Description", &Request::description, shapes::description_length),
        aws::optional("RoutingConfig", &Request::routing_config)};
  };
  using Response = shapes::AliasConfiguration;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: no such function or version. ResourceConflictException: the name is
  // taken. InvalidParameterValueException: weights that are none.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
