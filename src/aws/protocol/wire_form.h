#pragma once

#include <string_view>

#include "aws/api_error.h"
#include "aws/document.h"
#include "aws/protocol/facts.h"
#include "http/message.h"
#include "result/result.h"

namespace everseal::aws::protocol {

// How one protocol writes requests, answers and errors. Stateless.
class WireForm {
 public:
  virtual ~WireForm() = default;

  // The input of an operation that the request was routed to. Errors: the body is not in this form.
  virtual Result<Document, ApiError> read(const http::RequestHead& head, std::string_view body,
                                          const OperationFacts& operation) const = 0;

  // A success. `output` has the operation's output shape; it is not looked at if there is none.
  virtual http::Response print(const Document& output, const ServiceFacts& service,
                               const OperationFacts& operation,
                               std::string_view request_id) const = 0;

  virtual http::Response print(const ApiError& error, const ServiceFacts& service,
                               std::string_view request_id) const = 0;
};

const WireForm& wire_form(Protocol protocol);

}  // namespace everseal::aws::protocol
