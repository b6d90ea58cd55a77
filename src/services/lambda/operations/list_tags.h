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

// ListTags: those of a function.
struct ListTags {
  static constexpr std::string_view name = "ListTags";
  static constexpr aws::Http http{"GET", "/2017-03-31/tags/{Resource}"};
  struct Request {
    std::string resource;
    static constexpr auto fields = std::tuple{
        aws::required("Resource", &Request::resource, aws::in_label(), aws::length(1, 256))};
  };
  struct Response {
    shapes::TagMap tags;
    static constexpr auto fields = std::tuple{aws::always("Tags", &Response::tags)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
