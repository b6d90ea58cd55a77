#pragma once

#include <string>
#include <string_view>

#include "aws/document.h"
#include "aws/protocol/wire_form.h"
#include "result/result.h"

// AWS JSON 1.0 and 1.1: POST / with X-Amz-Target, a JSON object each way. Also the bodies of
// rest-json.
namespace everseal::aws::protocol {

// JSON (RFC 8259), UTF-8. Malformed: anything else, deeper than 32, more than 100,000 values.
// Integers beyond 64 bits are read as doubles.
Result<Document> parse_json(std::string_view text);

// One line. Moments are seconds since 1970 with their fraction, octets are base64.
std::string print_json(const Document& document);

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
