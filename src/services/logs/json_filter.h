#pragma once

#include <memory>
#include <string_view>

#include "aws/api_error.h"
#include "result/result.h"
#include "services/logs/filter_pattern.h"

namespace everseal::logs {

// The form of a filter pattern that looks into JSON: "{ $.level = error }". A message that is no
// JSON object does not pass. InvalidParameterException: it is malformed, or nested too deeply.
Result<std::shared_ptr<const FilterPattern::Condition>, ApiError> parse_json_filter(
    std::string_view text);

}  // namespace everseal::logs
