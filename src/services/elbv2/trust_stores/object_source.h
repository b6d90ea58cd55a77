#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "aws/api_error.h"
#include "aws/call.h"
#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::elbv2::trust_stores {

// The files that trust stores are made of, which lie in buckets. Given by S3. Thread-safe.
class ObjectSource {
 public:
  struct Place {
    std::string bucket;
    std::string key;
    std::optional<std::string> version{};  // nothing: the latest
  };
  struct Found {
    enum class Kind {
      Object,
      Missing,  // no such bucket, key or version
      Denied,   // the caller may not read it
      TooLong,  // more than `most` octets
    };
    Kind kind;
    Bytes octets{};        // of an Object
    std::string denial{};  // for the caller
  };

  virtual ~ObjectSource() = default;
  // The object, by the rights of the caller (s3:GetObject, of a version s3:GetObjectVersion).
  virtual Result<Found, ApiError> read(const aws::Call& call, const Place& place,
                                       std::uint64_t most) = 0;
};

}  // namespace everseal::elbv2::trust_stores
