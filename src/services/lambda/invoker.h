#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "result/result.h"

namespace everseal::lambda {

// How other services of this program call functions. Thread-safe.
class Invoker {
 public:
  // A service that calls in the name of one of its resources.
  struct Source {
    std::string service;  // "events.amazonaws.com"
    std::string account;
    std::string arn;  // "arn:aws:events:eu-west-1:111122223333:rule/renewed"
  };

  virtual ~Invoker() = default;
  // Accepts the event as the operation Invoke does with the type Event; durable when answered.
  // Says its request id. ResourceNotFoundException: no such function; AccessDeniedException: its
  // policy does not let this source call it; both will not change by themselves. Others may.
  // hops: functions and buses that the event has come by; who tells of it has one more.
  virtual Result<std::string, ApiError> accept(std::string_view function_arn,
                                               std::string_view payload, const Source& source,
                                               std::int64_t hops) = 0;
};

}  // namespace everseal::lambda
