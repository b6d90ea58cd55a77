#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aws/document.h"
#include "aws/protocol/wire_form.h"
#include "result/result.h"

// The query protocol: a form in, XML out (ELBv2, IAM, STS, SNS).
namespace everseal::aws::protocol {

// The value of one parameter of a form, decoded; the first of that name. Nothing: it is not there,
// or cannot be decoded.
std::optional<std::string> form_value(std::string_view form, std::string_view name);

// The tree of a form: "Tags.member.2.Key=a" is a list of structures, "Attributes.entry.1.key=a&
// Attributes.entry.1.value=b" a map, "Name=" an empty text that a list reads as empty. Positions
// may have gaps and come in any order. Leaves are Document::Untyped. Malformed: a bad escape, not
// UTF-8, more than 10,000 parameters, names deeper than 32, a name that is both leaf and branch.
Result<Document> parse_form(std::string_view form);

class Query final : public WireForm {
 public:
  // The form is the body, or the query of the path if the method is GET. MalformedQueryString.
  Result<Document, ApiError> read(const http::RequestHead& head, std::string_view body,
                                  const OperationFacts& operation) const override;
  // <NameResponse><NameResult>...</NameResult><ResponseMetadata>...; without an output shape there
  // is no NameResult.
  http::Response print(const Document& output, const ServiceFacts& service,
                       const OperationFacts& operation, std::string_view request_id) const override;
  // <ErrorResponse>: Type is Sender below 500 and Receiver from there on. Codes are the query
  // protocol's, where the service has such.
  http::Response print(const ApiError& error, const ServiceFacts& service,
                       std::string_view request_id) const override;
};

}  // namespace everseal::aws::protocol
