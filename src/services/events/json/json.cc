#include "services/events/json/json.h"

#include <algorithm>

namespace everseal::events::json {
namespace {

void append_value(std::string& json, const Value& value);

void append_elements(std::string& json, const Elements& elements) {
  json += '[';
  for (const auto& element : elements) {
    if (&element != &elements.front()) json += ',';
    append_value(json, element);
  }
  json += ']';
}

void append_members(std::string& json, const Members& members) {
  json += '{';
  for (const auto& member : members) {
    if (&member != &members.front()) json += ',';
    json.append(quoted(member.name)).append(1, ':');
    append_value(json, member.value);
  }
  json += '}';
}

void append_value(std::string& json, const Value& value) {
  using Kind = Value::Kind;
  switch (value.kind) {
    case Kind::Null:
      json += "null";
      return;
    case Kind::True:
      json += "true";
      return;
    case Kind::False:
      json += "false";
      return;
    case Kind::Number:
      json += value.text;
      return;
    case Kind::String:
      json += quoted(value.text);
      return;
    case Kind::Array:
      append_elements(json, value.elements);
      return;
    case Kind::Object:
      append_members(json, value.members);
      return;
  }
}

}  // namespace

const Value* Value::find(std::string_view name) const {
  const auto found = std::ranges::find(members, name, &Member::name);
  return found == members.end() ? nullptr : &found->value;
}

void append_escaped(std::string& json, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  for (const char letter : text) {
    const auto octet = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\') {
      json.append(1, '\\').append(1, letter);
    } else if (letter == '\n') {
      json += "\\n";
    } else if (octet < 0x20) {
      json.append("\\u00").append(1, digits[octet >> 4U]).append(1, digits[octet & 15U]);
    } else {
      json += letter;
    }
  }
}

std::string quoted(std::string_view text) {
  std::string json = "\"";
  append_escaped(json, text);
  json += '"';
  return json;
}

std::string print(const Value& value) {
  std::string json;
  append_value(json, value);
  return json;
}

Value string_value(std::string_view text) {
  Value value;
  value.kind = Value::Kind::String;
  value.text = text;
  return value;
}

}  // namespace everseal::events::json
