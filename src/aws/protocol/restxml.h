#pragma once

#include <string_view>

#include "aws/document.h"
#include "aws/protocol/shape.h"
#include "aws/protocol/wire_form.h"
#include "result/result.h"

// The rest-xml protocol (S3): methods, paths, query and headers carry members, the body is the XML
// of the others or one member as it is.
namespace everseal::aws::protocol {

// An XML document by its shape: elements become members, lists gather theirs. Leaves are
// Document::Untyped. DTDs and entities of their own are not expanded. Malformed: not XML, deeper
// than 32.
Result<Document> parse_xml(std::string_view text, const Shape& shape);

class RestXml final : public WireForm {
 public:
  // MalformedXML.
  Result<Document, ApiError> read(const http::RequestHead& head, std::string_view body,
                                  const OperationFacts& operation) const override;
  http::Response print(const Document& output, const ServiceFacts& service,
                       const OperationFacts& operation, std::string_view request_id) const override;
  // <Error> without a namespace; x-amz-request-id and x-amz-id-2 in the headers.
  http::Response print(const ApiError& error, const ServiceFacts& service,
                       std::string_view request_id) const override;
};

}  // namespace everseal::aws::protocol
