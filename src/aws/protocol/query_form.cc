#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "aws/protocol/query.h"
#include "encoding/percent.h"
#include "encoding/utf8.h"

namespace everseal::aws::protocol {
namespace {

constexpr std::size_t most_parameters = 10'000;
constexpr std::size_t deepest = 32;

// One parameter, still encoded.
struct Parameter {
  std::string_view name, value;
};

// Takes the first parameter off the form; an empty one is as none.
Parameter next_parameter(std::string_view& form) {
  const std::string_view piece = form.substr(0, form.find('&'));
  form.remove_prefix(std::min(piece.size() + 1, form.size()));
  const auto equals = std::min(piece.find('='), piece.size());
  return {piece.substr(0, equals), piece.substr(std::min(equals + 1, piece.size()))};
}

Result<std::string> decoded(std::string_view text) {
  auto plain = encoding::form_decode(text);
  if (plain && !encoding::utf8_length(*plain)) return Fault::malformed("form: not UTF-8");
  return plain;
}

// A name of the tree: "Tags.member.2.Key" is four steps down.
struct Node {
  std::optional<std::string> leaf;
  std::map<std::string, Node, std::less<>> children;
};

Outcome insert(Node& root, std::string_view name, std::string value) {
  Node* node = &root;
  for (std::size_t depth = 0;; ++depth) {
    if (depth == deepest) return Fault::malformed("form: a name has too many steps");
    const auto step = name.substr(0, name.find('.'));
    node = &node->children[std::string(step)];
    if (node->leaf && step.size() < name.size()) break;
    if (step.size() == name.size()) {
      if (!node->children.empty()) break;
      node->leaf = std::move(value);
      return {};
    }
    name.remove_prefix(step.size() + 1);
  }
  return Fault::malformed("form: a name is a value and a structure at once");
}

// "1", "12": the place of an element.
std::optional<std::uint32_t> position(std::string_view text) {
  std::uint32_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return number;
}

bool is_numbered(const Node& node) {
  return !node.children.empty() && std::ranges::all_of(node.children, [](const auto& child) {
    return position(child.first).has_value();
  });
}

// The numbered children below "member" or "entry", or null.
Node* numbered_below(Node& node, std::string_view name) {
  if (node.children.size() != 1) return nullptr;
  auto& [only, child] = *node.children.begin();
  return only == name && is_numbered(child) ? &child : nullptr;
}

Document to_document(Node node);

Document to_list(Node numbered) {
  std::map<std::uint32_t, Node*> in_order;
  for (auto& [name, child] : numbered.children) in_order[*position(name)] = &child;
  Document::List list;
  for (auto& [place, child] : in_order) list.push_back(to_document(std::move(*child)));
  return Document(std::move(list));
}

// Entries without a key are left out.
Document to_map(Node numbered) {
  std::map<std::uint32_t, Node*> in_order;
  for (auto& [name, child] : numbered.children) in_order[*position(name)] = &child;
  Document::Members members;
  for (auto& [place, entry] : in_order) {
    const auto key = entry->children.find("key");
    if (key == entry->children.end() || !key->second.leaf) continue;
    members.emplace_back(*key->second.leaf, to_document(std::move(entry->children["value"])));
  }
  return Document(std::move(members));
}

Document to_members(Node node) {
  Document::Members members;
  for (auto& [name, child] : node.children) {
    members.emplace_back(name, to_document(std::move(child)));
  }
  return Document(std::move(members));
}

Document to_document(Node node) {
  if (node.leaf) return Document(Document::Untyped{*std::move(node.leaf)});
  if (node.children.empty()) return Document();
  if (is_numbered(node)) return to_list(std::move(node));
  if (Node* list = numbered_below(node, "member")) return to_list(std::move(*list));
  if (Node* map = numbered_below(node, "entry")) return to_map(std::move(*map));
  return to_members(std::move(node));
}

}  // namespace

std::optional<std::string> form_value(std::string_view form, std::string_view name) {
  std::optional<std::string> found;
  while (!form.empty()) {
    const auto parameter = next_parameter(form);
    const auto candidate = decoded(parameter.name);
    if (!candidate || *candidate != name) continue;
    auto value = decoded(parameter.value);
    found = value ? std::optional(*std::move(value)) : std::nullopt;
  }
  return found;
}

Result<Document> parse_form(std::string_view form) {
  Node root;
  for (std::size_t count = 0; !form.empty(); ++count) {
    if (count == most_parameters) return Fault::malformed("form: too many parameters");
    const auto parameter = next_parameter(form);
    if (parameter.name.empty() && parameter.value.empty()) continue;
    const auto name = decoded(parameter.name);
    if (!name) return name.error();
    auto value = decoded(parameter.value);
    if (!value) return value.error();
    const auto inserted = insert(root, *name, *std::move(value));
    if (!inserted) return inserted.error();
  }
  return to_members(std::move(root));
}

}  // namespace everseal::aws::protocol
