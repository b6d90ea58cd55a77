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

// UntagResource: takes tags off a function.
struct UntagResource {
  static constexpr std::string_view name = "UntagResource";
  static constexpr aws::Http http{"DELETE", "/2017-03-31/tags/{Resource}", 204};
  struct Request {
    std::string resource;
    std::vector<std::string> tag_keys;
    static constexpr auto fields = std::tuple{
        aws::required("Resource", &Request::resource, aws::in_label(), aws::length(1, 256)),
        aws::required("TagKeys", &Request::tag_keys, aws::in_query("tagKeys"))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
