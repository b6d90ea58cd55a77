#pragma once

#include <string_view>

#include "aws/api_error.h"

namespace everseal::health {

ApiError unsupported_locale(std::string_view locale);
ApiError invalid_pagination_token();

}  // namespace everseal::health
