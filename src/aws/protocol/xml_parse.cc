#include <algorithm>
#include <pugixml.hpp>
#include <utility>

#include "aws/protocol/restxml.h"
#include "aws/protocol/xml_text.h"

namespace everseal::aws::protocol {
namespace {

using Kind = Shape::Kind;

constexpr std::size_t deepest = 32;

// "s3:Part" is Part: prefixes only say which namespace it is, and there is one.
std::string_view local_name(const pugi::xml_node& element) {
  const std::string_view name = element.name();
  const auto colon = name.rfind(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

bool is_element(const pugi::xml_node& node) { return node.type() == pugi::node_element; }

Result<Document> value_of(const pugi::xml_node& element, const Shape& shape, std::size_t depth);

Result<Document> list_of(const pugi::xml_node& element, const Shape& shape, std::size_t depth) {
  Document::List list;
  for (const auto& child : element.children()) {
    if (!is_element(child)) continue;
    auto value = value_of(child, *shape.element, depth + 1);
    if (!value) return value.error();
    list.push_back(*std::move(value));
  }
  return Document(std::move(list));
}

// Elements named by keys: <entry><key/><value/></entry>.
Result<Document> map_of(const pugi::xml_node& element, const Shape& shape, std::size_t depth) {
  Document::Members members;
  for (const auto& entry : element.children("entry")) {
    auto value = value_of(entry.child("value"), *shape.element, depth + 2);
    if (!value) return value.error();
    members.emplace_back(entry.child_value("key"), *std::move(value));
  }
  return Document(std::move(members));
}

const Member* declared(const Shape& shape, std::string_view name) {
  const auto found = std::ranges::find(shape.members, name, &Member::name);
  return found == shape.members.end() ? nullptr : &*found;
}

// Elements of a flattened list are gathered under one name.
void add_flattened(Document::Members& members, std::string_view name, Document element) {
  const auto same = std::ranges::find(members, name, &Document::Members::value_type::first);
  if (same == members.end()) {
    Document::List list;
    list.push_back(std::move(element));
    members.emplace_back(name, Document(std::move(list)));
  } else {
    std::get<Document::List>(same->second.value()).push_back(std::move(element));
  }
}

Result<Document> structure_of(const pugi::xml_node& element, const Shape& shape,
                              std::size_t depth) {
  Document::Members members;
  const auto type = element.attribute(xml_type.data());
  if (type && declared(shape, xml_type) != nullptr) {
    members.emplace_back(xml_type, Document(Document::Untyped{type.value()}));
  }
  for (const auto& child : element.children()) {
    if (!is_element(child)) continue;
    const Member* member = declared(shape, local_name(child));
    if (member == nullptr) continue;
    const bool flattened = member->shape->kind == Kind::List && member->xml_list.flattened;
    auto value = value_of(child, flattened ? *member->shape->element : *member->shape, depth + 1);
    if (!value) return value.error();
    if (flattened) {
      add_flattened(members, member->name, *std::move(value));
    } else {
      members.emplace_back(member->name, *std::move(value));
    }
  }
  return Document(std::move(members));
}

Result<Document> value_of(const pugi::xml_node& element, const Shape& shape, std::size_t depth) {
  if (depth > deepest) return Fault::malformed("XML: too deep");
  switch (shape.kind) {
    case Kind::Structure:
      return structure_of(element, shape, depth);
    case Kind::List:
      return list_of(element, shape, depth);
    case Kind::Map:
      return map_of(element, shape, depth);
    default:
      return Document(Document::Untyped{element.text().get()});
  }
}

}  // namespace

Result<Document> parse_xml(std::string_view text, const Shape& shape) {
  pugi::xml_document xml;
  // No DTD is kept, and pugixml knows only the five entities of XML itself.
  const auto options = pugi::parse_default | pugi::parse_ws_pcdata_single;
  const auto parsed = xml.load_buffer(text.data(), text.size(), options, pugi::encoding_utf8);
  if (!parsed) return Fault::malformed(std::string("XML: ") + parsed.description());
  const auto root = xml.document_element();
  if (!root) return Fault::malformed("XML: no element");
  return value_of(root, shape, 0);
}

}  // namespace everseal::aws::protocol
