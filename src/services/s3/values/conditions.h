#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "clock/clock.h"
#include "result/result.h"

namespace everseal::s3 {

// The headers that make a request depend on what is stored (RFC 9110, 13). ETags with or without
// quotes; dates that cannot be read say nothing.
struct Conditions {
  std::optional<std::string> if_match{};
  std::optional<std::string> if_none_match{};
  std::optional<std::string> if_modified_since{};
  std::optional<std::string> if_unmodified_since{};
};

enum class ReadAnswer { Send, NotModified };

// Whether an object is to be sent. PreconditionFailed.
Result<ReadAnswer, ApiError> may_read(const Conditions& conditions, std::string_view etag,
                                      TimePoint modified_at);

// Whether an object may be written where the object with that ETag is; nothing: where there is
// none. PreconditionFailed; NoSuchKey: If-Match without an object; NotImplemented: If-None-Match
// other than
// "*".
Result<void, ApiError> may_write(const Conditions& conditions, std::string_view key,
                                 const std::optional<std::string>& etag);

}  // namespace everseal::s3
