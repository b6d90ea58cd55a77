#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "services/lambda/runtime/event.h"
#include "services/lambda/runtime/runtime_api.h"

// What callers are told of invocations that did not end well: the words of AWS.
namespace everseal::lambda::runtime {

Ran outcome_of(const Event& event, Said said);
// "exit status: 1", "signal: killed"
Ran exited(const Event& event, std::string_view ending);
// The program of the function cannot be run.
Ran no_bootstrap(const Event& event, std::string_view cause);

std::string timed_out_text(
    std::chrono::milliseconds timeout);  // "Task timed out after 3.00 seconds"
Ran timed_out(const Event& event, std::string_view text);

}  // namespace everseal::lambda::runtime
