#pragma once

#include <string>
#include <string_view>

#include "aws/api_error.h"

// Refusals, in CloudWatch's words. All of status 400.
namespace everseal::cloudwatch {

ApiError invalid_value(std::string message);        // InvalidParameterValueException
ApiError invalid_combination(std::string message);  // InvalidParameterCombinationException
ApiError missing(std::string message);              // MissingRequiredParameterException
ApiError invalid_token();                           // InvalidNextToken
// InvalidParameterValueException: known to CloudWatch, not to us.
ApiError unsupported(std::string_view what);

}  // namespace everseal::cloudwatch
