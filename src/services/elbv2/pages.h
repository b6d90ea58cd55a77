#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/page.h"
#include "result/result.h"

namespace everseal::elbv2 {

// The lists of ELBv2 come in pages: Marker and PageSize in the request, NextMarker in the answer.
// `selection` is what else chose the rows, such as a load balancer. ValidationError: the marker is
// not one of this list.
Result<aws::Page, ApiError> page_of(std::string_view operation, const aws::Call& call,
                                    std::string selection, const std::optional<std::string>& marker,
                                    std::optional<std::int32_t> size);

}  // namespace everseal::elbv2
