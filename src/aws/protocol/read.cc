#include "aws/protocol/read.h"

#include <algorithm>
#include <functional>
#include <stdexcept>

#include "secret/secret.h"

namespace everseal::aws::protocol {
namespace {

void wipe_leaf(Document& leaf) {
  if (auto* text = std::get_if<std::string>(&leaf.value())) wipe(*text);
  if (auto* untyped = std::get_if<Document::Untyped>(&leaf.value())) wipe(untyped->text);
  if (auto* octets = std::get_if<Bytes>(&leaf.value())) wipe(std::span<std::uint8_t>(*octets));
}

}  // namespace

const Document* present(const Document& structure, std::string_view name) {
  const Document* found = structure.find(name);
  return found == nullptr || found->is_null() ? nullptr : found;
}

const Document::List& elements_of(const Document& list) {
  static const Document::List none;
  const auto* elements = list.as<Document::List>();
  return elements == nullptr ? none : *elements;
}

const Document::Members& entries_of(const Document& map) {
  static const Document::Members none;
  const auto* entries = map.as<Document::Members>();
  return entries == nullptr ? none : *entries;
}

void expect_ascending(std::initializer_list<const void*> addresses) {
  const void* before = nullptr;
  for (const void* address : addresses) {
    if (!std::less<>()(before, address)) {
      throw std::logic_error("fields are not declared in the order of the members");
    }
    before = address;
  }
}

bool has_secrets(const Shape& shape) {
  if (shape.kind == Shape::Kind::Secret) return true;
  if (shape.element != nullptr && has_secrets(*shape.element)) return true;
  return std::ranges::any_of(shape.members,
                             [](const Member& member) { return has_secrets(*member.shape); });
}

void wipe_secrets(Document& document, const Shape& shape) {
  if (shape.kind == Shape::Kind::Secret) wipe_leaf(document);
  if (auto* list = std::get_if<Document::List>(&document.value()); list && shape.element) {
    for (auto& element : *list) wipe_secrets(element, *shape.element);
  }
  auto* members = std::get_if<Document::Members>(&document.value());
  if (members == nullptr) return;
  for (auto& [name, value] : *members) {
    for (const auto& member : shape.members) {
      if (member.name == name) wipe_secrets(value, *member.shape);
    }
  }
}

}  // namespace everseal::aws::protocol
