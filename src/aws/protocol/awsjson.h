#pragma once

#include <string_view>

#include "aws/document.h"
#include "aws/protocol/wire_form.h"
#include "result/result.h"

// AWS JSON 1.0 and 1.1: POST / with X-Amz-Target, a JSON object each way.
namespace everseal::aws::protocol {

class AwsJson final : public WireForm {
 public:
  // "application/x-amz-json-1.1"
  explicit AwsJson(std::string_view content_type) : content_type_(content_type) {}

  // An empty body is an object without members. SerializationException.
  Result<Document, ApiError> read(const http::RequestHead& head, std::string_view body,
                                  const OperationFacts& operation) const override;
  http::Response print(const Document& output, const ServiceFacts& service,
                       const OperationFacts& operation, std::string_view request_id) const override;
  // {"__type": "...", "message": "..."}, the error's details beside them.
  http::Response print(const ApiError& error, const ServiceFacts& service,
                       std::string_view request_id) const override;

 private:
  std::string_view content_type_;
};

}  // namespace everseal::aws::protocol
