#pragma once

#include <string>
#include <vector>

#include "clock/clock.h"

namespace everseal::lambda {

// Where the output of functions goes. Given by whoever keeps logs. Thread-safe.
class LogSink {
 public:
  struct Line {
    TimePoint time;
    std::string text;  // UTF-8, without a line break
  };
  struct Stream {
    std::string account;
    std::string region;
    std::string group;   // "/aws/lambda/demo": made when it is not there
    std::string stream;  // "2025/01/02/[$LATEST]0a1b..."
  };

  virtual ~LogSink() = default;
  // Keeps them, in their order. What cannot be kept is lost, and logged there.
  virtual void append(const Stream& stream, std::vector<Line> lines) = 0;
};

}  // namespace everseal::lambda
