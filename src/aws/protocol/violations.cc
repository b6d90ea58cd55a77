#include "aws/protocol/violations.h"

#include <algorithm>

#include "aws/protocol/pattern.h"
#include "aws/protocol/read.h"
#include "encoding/utf8.h"

namespace everseal::aws::protocol {
namespace {

using Kind = Shape::Kind;

constexpr std::size_t longest_value = 1024;  // octets of a value in a message
constexpr std::size_t longest_message = 64 * 1024;

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
  std::string all;
  for (const auto& text : texts) {
    if (&text != &texts.front()) all += separator;
    all += text;
  }
  return all;
}

std::string no_longer_than(std::int64_t limit) {
  return "Member must have length less than or equal to " + std::to_string(limit);
}
std::string no_shorter_than(std::int64_t limit) {
  return "Member must have length greater than or equal to " + std::to_string(limit);
}
std::string at_most(std::int64_t limit) {
  return "Member must have value less than or equal to " + std::to_string(limit);
}
std::string at_least(std::int64_t limit) {
  return "Member must have value greater than or equal to " + std::to_string(limit);
}
std::string one_of(const Shape& shape) {
  return "Member must satisfy enum value set: [" +
         joined({shape.names.begin(), shape.names.end()}, ", ") + "]";
}

bool is_text(const Shape& shape) {
  return shape.kind == Kind::Text || shape.kind == Kind::Value || shape.kind == Kind::Enumeration;
}
bool has_length(const Shape& shape) {
  return is_text(shape) || shape.kind == Kind::Blob || shape.kind == Kind::Secret ||
         shape.kind == Kind::List || shape.kind == Kind::Map;
}
bool is_number(const Shape& shape) {
  return shape.kind == Kind::Integer || shape.kind == Kind::Number;
}

std::size_t length_of(const Document& value, const Shape& shape) {
  switch (shape.kind) {
    case Kind::Blob:
    case Kind::Secret:
      return blob_size_of(value);
    case Kind::List:
      return elements_of(value).size();
    case Kind::Map:
      return entries_of(value).size();
    default:
      return encoding::utf8_length(leaf_text(value)).value_or(0);
  }
}

void check_length(const Document& value, const Shape& shape, const Constraints& constraints,
                  std::vector<std::string>& found) {
  if (!constraints.longest && !constraints.shortest) return;
  const auto length = static_cast<std::int64_t>(length_of(value, shape));
  if (constraints.longest && length > *constraints.longest) {
    found.push_back(no_longer_than(*constraints.longest));
  }
  if (constraints.shortest && length < *constraints.shortest) {
    found.push_back(no_shorter_than(*constraints.shortest));
  }
}

// Compared as what it is: a double cannot tell all 64-bit integers apart.
template <class Number>
void check_range(Number value, const Constraints& constraints, std::vector<std::string>& found) {
  if (constraints.most && value > static_cast<Number>(*constraints.most)) {
    found.push_back(at_most(*constraints.most));
  }
  if (constraints.least && value < static_cast<Number>(*constraints.least)) {
    found.push_back(at_least(*constraints.least));
  }
}

void check_text(const Document& value, const Shape& shape, const Constraints& constraints,
                std::vector<std::string>& found) {
  const std::string text = leaf_text(value);
  if (!matches(text, constraints)) found.push_back(must_match(constraints.pattern));
  if (shape.kind == Kind::Enumeration && !std::ranges::count(shape.names, text)) {
    found.push_back(one_of(shape));
  }
}

std::string describe(const Document& value, const Shape& shape);

std::string describe_list(const Document& value, const Shape& shape) {
  std::vector<std::string> texts;
  std::size_t size = 0;
  for (const auto& element : elements_of(value)) {
    texts.push_back(describe(element, *shape.element));
    size += texts.back().size();
    if (size > longest_value) break;
  }
  return "[" + joined(texts, ", ") + "]";
}

// As Java prints maps; what a structure holds may be sensitive, so only its names are told.
std::string describe_members(const Document& value, const Shape& shape) {
  std::vector<std::string> texts;
  for (const auto& [name, member] : entries_of(value)) {
    texts.push_back(shape.kind == Kind::Map ? name + "=" + describe(member, *shape.element) : name);
    if (texts.size() > longest_value) break;
  }
  return "{" + joined(texts, ", ") + "}";
}

std::string describe(const Document& value, const Shape& shape) {
  if (value.is_null()) return "null";
  switch (shape.kind) {
    case Kind::List:
      return describe_list(value, shape);
    case Kind::Map:
    case Kind::Structure:
      return describe_members(value, shape);
    case Kind::Blob:
    case Kind::Secret:
      return "{redacted}";
    default:
      return leaf_text(value);
  }
}

// Not in the middle of a character.
void cut(std::string& text) {
  if (text.size() <= longest_value) return;
  std::size_t end = longest_value;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  text.resize(end);
  text += "...";
}

}  // namespace

std::string must_match(std::string_view pattern) {
  if (pattern.empty()) return "Member must be well-formed";
  return "Member must satisfy regular expression pattern: " + std::string(pattern);
}

std::vector<std::string> broken(const Document& value, const Shape& shape,
                                const Constraints& constraints) {
  std::vector<std::string> found;
  if (shape.kind == Kind::Integer) {
    check_range(as_integer(value).value_or(0), constraints, found);
  } else if (shape.kind == Kind::Number) {
    check_range(as_number(value).value_or(0), constraints, found);
  }
  if (has_length(shape)) check_length(value, shape, constraints, found);
  if (is_text(shape)) check_text(value, shape, constraints, found);
  return found;
}

std::vector<std::string> all_of(const Shape& shape, const Constraints& constraints) {
  std::vector<std::string> texts;
  if (constraints.longest) texts.push_back(no_longer_than(*constraints.longest));
  if (constraints.shortest) texts.push_back(no_shorter_than(*constraints.shortest));
  if (constraints.most && is_number(shape)) texts.push_back(at_most(*constraints.most));
  if (constraints.least && is_number(shape)) texts.push_back(at_least(*constraints.least));
  if (!constraints.pattern.empty()) texts.push_back(must_match(constraints.pattern));
  if (shape.kind == Kind::Enumeration) texts.push_back(one_of(shape));
  return texts;
}

std::string shown(const Document& value, const Shape& shape, bool is_sensitive) {
  if (value.is_null()) return " null";
  if (is_sensitive || shape.kind == Kind::Blob || shape.kind == Kind::Secret) return {};
  std::string text = describe(value, shape);
  cut(text);
  return " '" + text + "'";
}

void Violations::add(const std::string& value, std::string_view path, std::string_view constraint) {
  ++count_;
  if (texts_.size() > longest_message) return;
  if (!texts_.empty()) texts_ += "; ";
  texts_.append("Value").append(value).append(" at '").append(path);
  texts_.append("' failed to satisfy constraint: ").append(constraint);
}

std::string Violations::message() const {
  return std::to_string(count_) + (count_ == 1 ? " validation error" : " validation errors") +
         " detected: " + texts_;
}

}  // namespace everseal::aws::protocol
