#pragma once

#include <optional>
#include <string>

#include "aws/api_error.h"

// What archives may ask for.
namespace everseal::events {

// InvalidEventPatternException. ValidationException: a KMS key.
std::optional<ApiError> refuse_archive(const std::optional<std::string>& event_pattern,
                                       const std::optional<std::string>& kms_key);

// A pattern that is empty is none.
std::optional<std::string> unless_empty(const std::optional<std::string>& text);

// Lists of archives and replays take one.
template <class Request>
bool has_several_filters(const Request& request) {
  return request.name_prefix.has_value() + request.event_source_arn.has_value() +
             request.state.has_value() >
         1;
}

}  // namespace everseal::events
