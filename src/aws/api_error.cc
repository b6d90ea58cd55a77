#include "aws/api_error.h"

namespace everseal::aws {

ApiError::ApiError(const Fault& fault)
    : code(fault.kind == Fault::Kind::Unavailable ? "ServiceUnavailable" : "InternalFailure"),
      http_status(fault.kind == Fault::Kind::Unavailable ? 503 : 500),
      message(fault.kind == Fault::Kind::Unavailable
                  ? "The service is temporarily unable to handle the request: its storage is full, "
                    "cannot be written or is too busy, or it is stopping."
                  : "The request processing has failed because of an internal error."),
      cause(fault.cause) {}

}  // namespace everseal::aws
