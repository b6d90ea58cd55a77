#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "result/result.h"

namespace everseal::s3 {

// Octets of an object.
struct Range {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::string content_range(std::uint64_t size) const;  // "bytes 0-4/11"
  friend bool operator==(const Range&, const Range&) = default;
};

// What a Range header asks of an object of that size: "bytes=0-4", "bytes=5-", "bytes=-3". Nothing:
// several ranges or another form, which mean the whole object. InvalidRange: nothing of the object
// is in it.
Result<std::optional<Range>, ApiError> read_range(std::string_view header, std::uint64_t size);

}  // namespace everseal::s3
