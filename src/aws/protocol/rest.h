#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "aws/document.h"
#include "aws/protocol/facts.h"
#include "aws/protocol/shape.h"
#include "http/message.h"
#include "result/result.h"

// What rest-json and rest-xml have in common: members that travel outside of the body.
namespace everseal::aws::protocol {

using Labels = std::map<std::string, std::string, std::less<>>;

// Whether method, path and query are those of an operation, and what stands in for its labels.
// "{Key+}" takes the rest of the path, slashes included; other labels take one segment, not empty.
// A query in the pattern must be there in the request: "?policy", "?list-type=2"; so must the
// header, if the operation names one. Segments are
// decoded once, after they were told apart. A slash at the end of the path makes no difference,
// unless it is part of a "{Key+}".
std::optional<Labels> match(const Http& http, const http::RequestHead& head);

// How particular the pattern is: of several that match, the one with the greatest number is meant.
std::size_t weight(const Http& http);

// The members bound to path, query and headers. Malformed: a bad escape in path or query, or the
// path is another operation's.
Result<Document::Members> read_bound(const http::RequestHead& head,
                                     const OperationFacts& operation);

// The member that is the whole body, or null.
const Member* payload_of(const Shape& shape);

// A payload of raw octets or text, as a document.
Document raw_payload(const Member& payload, std::string_view body);

// Sets status and headers as the members of the output say.
void print_bound(const Document& output, const Shape& shape, http::Response& response);

// The payload as it is sent.
std::string raw_body(const Document& payload);

// The members that make the document of the body.
Document body_of(const Document& output, const Shape& shape);

}  // namespace everseal::aws::protocol
