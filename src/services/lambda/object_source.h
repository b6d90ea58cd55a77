#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "aws/api_error.h"
#include "aws/call.h"
#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::lambda {

// The zip files of functions that lie in buckets. Given by S3. Thread-safe.
class ObjectSource {
 public:
  virtual ~ObjectSource() = default;
  struct Object {
    std::string bucket;
    std::string key;
    std::optional<std::string> version{};  // none: the latest
  };
  // The object, if the caller may read it. Nothing: there is none, or it has more octets than
  // `most`. AccessDeniedException: the caller may not.
  virtual Result<std::optional<Bytes>, ApiError> read(const aws::Call& call, const Object& object,
                                                      std::uint64_t most) = 0;
};

}  // namespace everseal::lambda
