#pragma once

#include <string>
#include <string_view>

#include "aws/document.h"
#include "aws/protocol/shape.h"

// Writing XML 1.0.
namespace everseal::aws::protocol {

// Text between tags or in an attribute: & < > " and carriage returns are escaped; characters that
// XML 1.0 cannot hold become U+FFFD.
std::string escape_xml(std::string_view text);

// <name>escaped text</name>
void add_element(std::string& xml, std::string_view name, std::string_view text);

// The members of a structure, as elements one after the other. `milliseconds`: moments have them.
void add_members(std::string& xml, const Document& structure, const Shape& shape);

// A leaf as text: "true", "5", "2025-01-02T03:04:05Z", base64.
std::string leaf_text(const Document& leaf);

}  // namespace everseal::aws::protocol
