#pragma once

#include <string>
#include <string_view>

#include "aws/api_error.h"

// What CloudWatch Logs refuses, in the words of its model. All are HTTP 400.
namespace everseal::logs {

// InvalidParameterException
ApiError invalid(std::string message);
ApiError not_a_group(std::string_view identifier);
ApiError not_a_token();
ApiError invalid_filter(std::string_view why);

// ResourceNotFoundException
ApiError group_not_found();
ApiError stream_not_found();

// ResourceAlreadyExistsException
ApiError group_exists();
ApiError stream_exists();

// TooManyTagsException
ApiError too_many_tags();

}  // namespace everseal::logs
