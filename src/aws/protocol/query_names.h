#pragma once

#include <string_view>

#include "aws/api_error.h"
#include "aws/document.h"
#include "aws/protocol/facts.h"
#include "aws/protocol/shape.h"
#include "http/message.h"

// Where the query protocol of a service calls things otherwise than its model.
namespace everseal::aws::protocol {

// How a list or map of that name is written, or null: as any other.
const QueryName* query_name(const ServiceFacts& service, std::string_view member);

// What the query protocol calls an error of the model; its own name if nothing else is said.
QueryError query_error(const ServiceFacts& service, const ApiError& error);

// A form's tree in the model's words: "Attribute" with its names and values is the map
// "Attributes". What the path says is added, unless the form says it.
void take_query_names(Document& input, const http::RequestHead& head, const ServiceFacts& service,
                      const Shape& shape);

}  // namespace everseal::aws::protocol
