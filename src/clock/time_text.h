#pragma once

#include <string>
#include <string_view>

#include "clock/clock.h"
#include "result/result.h"

// The spellings of a moment that protocols use.
namespace everseal {

std::string to_iso8601(TimePoint time);         // "2025-01-02T03:04:05Z"
std::string to_iso8601_millis(TimePoint time);  // "2025-01-02T03:04:05.678Z"
std::string to_iso8601_basic(TimePoint time);   // "20250102T030405Z": SigV4
std::string to_http_date(TimePoint time);       // "Thu, 02 Jan 2025 03:04:05 GMT": RFC 9110, 5.6.7

// "2025-01-02T03:04:05Z", with a fraction or an offset such as +01:00 if there is one.
Result<TimePoint> parse_iso8601(std::string_view text);
Result<TimePoint> parse_iso8601_basic(std::string_view text);
Result<TimePoint> parse_http_date(std::string_view text);

}  // namespace everseal
