#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "result/result.h"

// JSON as events and their patterns are compared: numbers keep their spelling, and every value
// knows where it stands in its text.
namespace everseal::events::json {

struct Value;
struct Member;

// Of equal names the last one counts; the others are dropped.
using Members = std::vector<Member>;
using Elements = std::vector<Value>;

struct Value {
  enum class Kind { Null, True, False, Number, String, Array, Object };
  Kind kind = Kind::Null;
  std::string text;                // of a string, unescaped; of a number, as it is spelled
  Elements elements;               // of an array
  Members members;                 // of an object
  std::size_t begin = 0, end = 0;  // octets in the text that was read

  // The member of that name; nothing if this is no object or has none.
  const Value* find(std::string_view name) const;
  bool is_leaf() const { return kind != Kind::Array && kind != Kind::Object; }
};

struct Member {
  std::string name;
  std::size_t name_end = 0;  // octet behind the quote that closes the name
  Value value;
};

// RFC 8259, UTF-8. Malformed: anything else, half a surrogate pair, more than 100 levels, more than
// 150,000 values.
Result<Value> parse(std::string_view text);

// On one line, without blanks, members in their order, numbers as they were spelled.
std::string print(const Value& value);
// A text as JSON spells it, with its quotes.
std::string quoted(std::string_view text);
// What stands within the quotes.
void append_escaped(std::string& json, std::string_view text);

Value string_value(std::string_view text);

}  // namespace everseal::events::json
