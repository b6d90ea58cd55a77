#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "aws/document.h"
#include "clock/clock.h"
#include "encoding/bytes.h"

// The values at the ends of a document, whichever wire form they came from. Nothing: the document
// holds another type, or a text that does not say such a value.
namespace everseal::aws::protocol {

std::optional<std::string> as_text(const Document& leaf);
std::optional<bool> as_boolean(const Document& leaf);
// Doubles without a fraction are integers too.
std::optional<std::int64_t> as_integer(const Document& leaf);
std::optional<double> as_number(const Document& leaf);
// Seconds since 1970 as a number; as a form's or element's text ISO 8601, as a header's an HTTP
// date. From year 1 to 9999.
std::optional<TimePoint> as_time(const Document& leaf);
std::optional<Bytes> as_blob(const Document& leaf);
// How many octets as_blob gives, without making them.
std::size_t blob_size_of(const Document& leaf);

// A leaf as people and XML write it: "true", "5", "2025-01-02T03:04:05Z", base64.
std::string leaf_text(const Document& leaf);

}  // namespace everseal::aws::protocol
