#pragma once

#include <string>
#include <string_view>

#include "aws/fields.h"
#include "aws/protocol/shape.h"

// The regular expressions of API models, which are Java's, on RE2.
namespace everseal::aws::protocol {

// Whether all of the text matches. Each pattern is compiled once. Throws std::logic_error if it is
// not one that RE2 understands: give a second one in `fields` then.
bool matches(std::string_view text, const Constraints& constraints);

// Compiles the patterns of a shape and all below it, so that no request waits for that, and a
// pattern that cannot be compiled is found when the program starts.
void compile_patterns(const Shape& shape);

// The pattern with Java's \uXXXX (a surrogate pair is one character) as RE2's \x{...}.
std::string to_re2(std::string_view java);

}  // namespace everseal::aws::protocol
