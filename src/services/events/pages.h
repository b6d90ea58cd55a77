#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/page.h"
#include "result/result.h"

namespace everseal::events {

// The lists of EventBridge come in pages: NextToken and Limit. `selection` is what else chose the
// rows. ValidationException: the token is not one of this list.
Result<aws::Page, ApiError> page_of(std::string_view operation, const aws::Call& call,
                                    std::string selection, const std::optional<std::string>& token,
                                    std::optional<std::int32_t> limit);

}  // namespace everseal::events
