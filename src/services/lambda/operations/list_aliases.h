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

// ListAliases: those of a function, or of one of its versions, by name, in pages of 50.
struct ListAliases {
  static constexpr std::string_view name = "ListAliases";
  static constexpr aws::Http http{"GET", "/2015-03-31/functions/{FunctionName}/aliases"};
  struct Request {
    std::string function_name;
    std::optional<std::string> function_version;
    std::optional<std::string> marker;
    std::optional<std::int64_t> max_items;
    static constexpr auto fields = std::tuple{
        aws::required("FunctionName", &Request::function_name, aws::in_label(),
                      shapes::name_length),
        aws::optional("FunctionVersion", &Request::function_version, aws::in_query(),
                      shapes::version_letters),
        aws::optional("Marker", &Request::marker, aws::in_query()),
        aws::optional("MaxItems", &Request::max_items, aws::in_query(), aws::range(1, 10000))};
  };
  struct Response {
    std::vector<shapes::AliasConfiguration> aliases;
    std::optional<std::string> next_marker;
    static constexpr auto fields = std::tuple{aws::always("Aliases", &Response::aliases),
                                              aws::optional("NextMarker", &Response::next_marker)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException. InvalidParameterValueException: the marker is not of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
