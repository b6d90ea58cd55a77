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

// ListFunctions: those of the account in a region, by name, in pages of 50.
struct ListFunctions {
  static constexpr std::string_view name = "ListFunctions";
  static constexpr aws::Http http{"GET", "/2015-03-31/functions"};
  struct Request {
    std::optional<std::string> marker;
    std::optional<std::int64_t> max_items;
    static constexpr auto fields = std::tuple{
        aws::optional("Marker", &Request::marker, aws::in_query()),
        aws::optional("MaxItems", &Request::max_items, aws::in_query(), aws::range(1, 10000))};
  };
  struct Response {
    std::vector<shapes::Configuration> functions;
    std::optional<std::string> next_marker;
    static constexpr auto fields = std::tuple{aws::always("Functions", &Response::functions),
                                              aws::optional("NextMarker", &Response::next_marker)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidParameterValueException: the marker is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
