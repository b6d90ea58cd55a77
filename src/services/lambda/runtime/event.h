#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "clock/clock.h"

namespace everseal::lambda::runtime {

// What a runtime is handed when it asks for the next invocation.
struct Event {
  std::string request_id;
  std::string function_arn;
  std::string payload;
  std::string client_context{};  // JSON
  std::string trace_id{};
};

// How an invocation ended, in the words of the Invoke operation.
struct Ran {
  std::string payload{};     // what the function said, or the JSON of its error
  bool failed = false;       // X-Amz-Function-Error: Unhandled
  std::string tail{};        // the last 4 KB of its log
  std::string log_stream{};  // of its environment; empty: there was none
  double took = 0;           // milliseconds, from the moment the runtime had the event
  // How many ran then, with it: of all functions, and of this one.
  std::int64_t at_once = 0;
  std::int64_t of_function_at_once = 0;
};

}  // namespace everseal::lambda::runtime
