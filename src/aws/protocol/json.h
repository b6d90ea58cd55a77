#pragma once

#include <string>
#include <string_view>

#include "aws/document.h"
#include "result/result.h"

namespace everseal::aws::protocol {

// JSON (RFC 8259), UTF-8. Malformed: anything else, deeper than 32, more than 100,000 values.
// Integers beyond 64 bits are read as doubles.
Result<Document> parse_json(std::string_view text);

// One line. Moments are seconds since 1970 with their fraction, octets are base64.
std::string print_json(const Document& document);

}  // namespace everseal::aws::protocol
