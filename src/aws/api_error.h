#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "result/fault.h"

namespace everseal::aws {

// What the caller is told, in the words of that service's API model. `code` is a literal.
struct ApiError {
  ApiError(std::string_view error_code, int status, std::string text)
      : code(error_code), http_status(status), message(std::move(text)) {}

  // Nobody translated the fault: InternalFailure 500, or ServiceUnavailable 503 if it is of kind
  // Unavailable. The message says nothing of what is below; the cause is kept for the log.
  // NOLINTNEXTLINE(google-explicit-constructor): faults rise into it.
  ApiError(const Fault& fault);

  std::string_view code;  // "InvalidStateException"
  int http_status;
  std::string message;  // about the caller's request; no path, SQL or OpenSSL text
  std::string cause;    // for the log
  // Members that the model puts beside the message, such as S3's <Key>.
  std::vector<std::pair<std::string, std::string>> details;
};

}  // namespace everseal::aws

namespace everseal {
using aws::ApiError;
}
