#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aws/document.h"
#include "aws/fields.h"
#include "aws/protocol/shape.h"

// Constraints of the model that a request breaks, and AWS's words for them.
namespace everseal::aws::protocol {

// The constraints that the value breaks: "Member must have length less than or equal to 64".
// The value has the type of its shape. Enumerations: "Member must satisfy enum value set: [A, B]".
std::vector<std::string> broken(const Document& value, const Shape& shape,
                                const Constraints& constraints);

// All constraints of a value, broken or not, as AWS lists them for the elements of a list.
std::vector<std::string> all_of(const Shape& shape, const Constraints& constraints);

std::string must_match(std::string_view pattern);

// " 'the value'" as a message shows it, " null", or nothing for what is never shown: secrets,
// octets, and what is declared sensitive. Long values are cut.
std::string shown(const Document& value, const Shape& shape, bool is_sensitive);

// What was found, one after the other.
class Violations {
 public:
  // `value` comes from shown().
  void add(const std::string& value, std::string_view path, std::string_view constraint);
  bool empty() const { return count_ == 0; }
  // "2 validation errors detected: Value ... at 'a' failed to satisfy constraint: ...; Value ..."
  std::string message() const;

 private:
  std::size_t count_ = 0;
  std::string texts_;
};

}  // namespace everseal::aws::protocol
