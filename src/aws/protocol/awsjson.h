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
  // {"__type": "...", "message": "..."}, the error's details beside them. Version 1.0 has a header
  // x-amzn-query-error, too: of its services SQS spoke the query protocol once, and its clients do
  // not understand an error without; its code is the query protocol's.
  http::Response print(const ApiError& error, const ServiceFacts& service,
                       std::string_view request_id) const override;

 private:
  bool was_query() const { return content_type_.ends_with("1.0"); }

  std::string_view content_type_;
};

}  // namespace everseal::aws::protocol
