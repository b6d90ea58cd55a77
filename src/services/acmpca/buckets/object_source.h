#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "http/message.h"
#include "result/result.h"

namespace everseal::acmpca {

// What lies in buckets, for whoever asks for a published CRL over plain HTTP. Thread-safe.
class ObjectSource {
 public:
  // The object as it was when it was opened, whatever takes its place meanwhile.
  struct Opened {
    std::uint64_t size;
    std::string etag;  // without quotes
    TimePoint modified_at;
    std::unique_ptr<http::BodySource> octets;
  };

  virtual ~ObjectSource() = default;
  // Nothing: there is none.
  virtual Result<std::optional<Opened>> open(std::string_view bucket, std::string_view key) = 0;
};

}  // namespace everseal::acmpca
