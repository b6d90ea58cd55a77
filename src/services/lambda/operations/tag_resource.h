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

// TagResource: adds tags to a function, or changes their values.
struct TagResource {
  static constexpr std::string_view name = "TagResource";
  static constexpr aws::Http http{"POST", "/2017-03-31/tags/{Resource}", 204};
  struct Request {
    std::string resource;
    shapes::TagMap tags;
    static constexpr auto fields = std::tuple{
        aws::required("Resource", &Request::resource, aws::in_label(), aws::length(1, 256)),
        aws::required("Tags", &Request::tags)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  // InvalidParameterValueException: more than 50 tags.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
