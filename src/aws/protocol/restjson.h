#pragma once

#include <string_view>

#include "aws/document.h"
#include "aws/protocol/wire_form.h"
#include "result/result.h"

// The rest-json protocol (Lambda): methods, paths, query and headers carry members, the body is
// the JSON of the others or one member as it is.
namespace everseal::aws::protocol {

class RestJson final : public WireForm {
 public:
  // SerializationException.
  Result<Document, ApiError> read(const http::RequestHead& head, std::string_view body,
                                  const OperationFacts& operation) const override;
  http::Response print(const Document& output, const ServiceFacts& service,
                       const OperationFacts& operation, std::string_view request_id) const override;
  // Header x-amzn-ErrorType; {"Type": "User" or "Service", "Message": ...} and the details.
  http::Response print(const ApiError& error, const ServiceFacts& service,
                       std::string_view request_id) const override;
};

}  // namespace everseal::aws::protocol
