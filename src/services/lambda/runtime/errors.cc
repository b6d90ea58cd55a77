#include "services/lambda/runtime/errors.h"

#include <fmt/format.h>

#include <utility>

#include "aws/protocol/json.h"

namespace everseal::lambda::runtime {
namespace {

Ran failed(std::string_view type, const std::string& message) {
  aws::Document::Members body;
  body.emplace_back("errorType", aws::Document(std::string(type)));
  body.emplace_back("errorMessage", aws::Document(message));
  return {.payload = aws::protocol::print_json(aws::Document(std::move(body))), .failed = true};
}

std::string about(const Event& event, std::string_view what) {
  return "RequestId: " + event.request_id + " Error: " + std::string(what);
}

}  // namespace

Ran outcome_of(const Event& /*event*/, Said said) {
  switch (said.kind) {
    case Said::Kind::Response:
      return {.payload = std::move(said.body)};
    case Said::Kind::Error:
    case Said::Kind::InitError:
      return {.payload = std::move(said.body), .failed = true};
    case Said::Kind::TooLarge:
      break;
  }
  return failed("Function.ResponseSizeTooLarge",
                "Response payload size exceeded maximum allowed payload size (6291556 bytes).");
}

Ran exited(const Event& event, std::string_view ending) {
  const bool is_fine = ending == "exit status: 0";
  return failed("Runtime.ExitError",
                about(event, is_fine ? std::string("Runtime exited without providing a reason")
                                     : "Runtime exited with error: " + std::string(ending)));
}

Ran no_bootstrap(const Event& event, std::string_view cause) {
  return failed("Runtime.InvalidEntrypoint",
                about(event, "The runtime cannot be started: " + std::string(cause)));
}

std::string timed_out_text(std::chrono::milliseconds timeout) {
  return fmt::format("Task timed out after {:.2f} seconds",
                     std::chrono::duration<double>(timeout).count());
}

Ran timed_out(const Event& event, std::string_view text) {
  return failed("Sandbox.Timedout", about(event, text));
}

}  // namespace everseal::lambda::runtime
