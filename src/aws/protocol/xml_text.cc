#include "aws/protocol/xml_text.h"

#include <algorithm>

#include "aws/protocol/leaf.h"
#include "aws/protocol/query_names.h"
#include "aws/protocol/read.h"
#include "clock/time_text.h"
#include "encoding/utf8.h"

namespace everseal::aws::protocol {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD

std::string_view escaped(char character) {
  switch (character) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\r':
      return "&#13;";
    default:
      return {};
  }
}

// The octets of the character at the beginning, and whether XML can hold it.
struct Character {
  std::size_t length;
  bool fits;
};

Character first_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80) return {1, first >= 0x20 || first == '\t' || first == '\n' || first == '\r'};
  const auto character = text.substr(0, first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4);
  if (encoding::utf8_length(character) != 1) return {1, false};
  return {character.size(), character != "\xef\xbf\xbe" && character != "\xef\xbf\xbf"};
}

const Member* declared(const Shape& shape, std::string_view name) {
  const auto found = std::ranges::find(shape.members, name, &Member::name);
  return found == shape.members.end() ? nullptr : &*found;
}

// The attribute that says of which kind an element is, if a member does.
std::string type_attribute(const Document& structure, const Shape& shape) {
  if (declared(shape, xml_type) == nullptr) return {};
  const Document* type = present(structure, xml_type);
  if (type == nullptr) return {};
  return " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" " + std::string(xml_type) +
         "=\"" + escape_xml(leaf_text(*type)) + "\"";
}

}  // namespace

std::string escape_xml(std::string_view text) {
  std::string xml;
  xml.reserve(text.size());
  while (!text.empty()) {
    const auto [length, fits] = first_character(text);
    const auto escape = escaped(text.front());
    xml += !fits ? replacement : escape.empty() ? text.substr(0, length) : escape;
    text.remove_prefix(length);
  }
  return xml;
}

void add_element(std::string& xml, std::string_view name, std::string_view text) {
  xml.append("<").append(name).append(">").append(escape_xml(text));
  xml.append("</").append(name).append(">");
}

void XmlWriter::add_members(std::string& xml, const Document& structure, const Shape& shape) const {
  for (const auto& [name, value] : entries_of(structure)) {
    const Member* member = declared(shape, name);
    if (member == nullptr || member->binding.place != Binding::Place::Body) continue;
    if (member->name == xml_type) continue;
    if (value.is_null()) continue;
    if (const QueryName* other = query_name(service_, name); other != nullptr) {
      add_flattened(xml, *other, value, *member->shape);
    } else {
      add(xml, name, value, *member->shape, member->xml_list);
    }
  }
}

void XmlWriter::add(std::string& xml, std::string_view name, const Document& value,
                    const Shape& shape, const XmlList& form) const {
  using Kind = Shape::Kind;
  if (shape.kind == Kind::List) {
    add_list(xml, name, value, shape, form);
  } else if (shape.kind == Kind::Structure || shape.kind == Kind::Map) {
    xml.append("<").append(name).append(type_attribute(value, shape)).append(">");
    if (shape.kind == Kind::Map) {
      add_map(xml, value, shape);
    } else {
      add_members(xml, value, shape);
    }
    xml.append("</").append(name).append(">");
  } else {
    add_element(xml, name, text_of(value));
  }
}

void XmlWriter::add_list(std::string& xml, std::string_view name, const Document& list,
                         const Shape& shape, const XmlList& form) const {
  const auto& elements = elements_of(list);
  const auto element_name = form.flattened ? name : form.element;
  if (!form.flattened && elements.empty()) {
    xml.append("<").append(name).append("/>");
    return;
  }
  if (!form.flattened) xml.append("<").append(name).append(">");
  for (const auto& element : elements) add(xml, element_name, element, *shape.element, {});
  if (!form.flattened) xml.append("</").append(name).append(">");
}

void XmlWriter::add_map(std::string& xml, const Document& map, const Shape& shape) const {
  for (const auto& [key, value] : entries_of(map)) {
    xml += "<entry>";
    add_element(xml, "key", key);
    add(xml, "value", value, *shape.element, {});
    xml += "</entry>";
  }
}

void XmlWriter::add_flattened(std::string& xml, const QueryName& name, const Document& value,
                              const Shape& shape) const {
  if (shape.kind != Shape::Kind::Map) return add_list(xml, name.wire, value, shape, flattened());
  for (const auto& [key, entry] : entries_of(value)) {
    xml.append("<").append(name.wire).append(">");
    add_element(xml, name.key, key);
    add(xml, name.value, entry, *shape.element, {});
    xml.append("</").append(name.wire).append(">");
  }
}

std::string XmlWriter::text_of(const Document& leaf) const {
  const auto* time = leaf.as<TimePoint>();
  return time != nullptr && service_.shows_milliseconds ? to_iso8601_millis(*time)
                                                        : leaf_text(leaf);
}

}  // namespace everseal::aws::protocol
