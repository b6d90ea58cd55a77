#include "services/events/pattern/matching.h"

#include <algorithm>
#include <span>

namespace everseal::events {
namespace {

using Kind = json::Value::Kind;

bool any_passes(const std::vector<Test>& tests, const json::Value& value) {
  if (value.kind == Kind::Object) return false;
  if (value.kind == Kind::Array) {
    return std::ranges::any_of(value.elements,
                               [&](const auto& element) { return any_passes(tests, element); });
  }
  return std::ranges::any_of(tests, [&](const Test& test) { return passes(test, value); });
}

// Whether some leaf of the event has the path; arrays on the way are no step of it.
bool has_leaf(const json::Value& value, std::span<const std::string> path) {
  if (value.kind == Kind::Array) {
    return std::ranges::any_of(value.elements,
                               [&](const auto& element) { return has_leaf(element, path); });
  }
  if (path.empty()) return value.is_leaf();
  const auto* next = value.find(path.front());
  return next != nullptr && has_leaf(*next, path.subspan(1));
}

}  // namespace

bool Matching::holds(const Node& node, const json::Value* value) {
  if (value == nullptr || value->kind != Kind::Array) return holds_at(node, value);
  if (value->elements.empty()) return holds_at(node, nullptr);
  return std::ranges::any_of(value->elements,
                             [&](const auto& element) { return holds(node, &element); });
}

bool Matching::holds_at(const Node& node, const json::Value* value) {
  for (const auto& [name, wanted] : node.fields) {
    const auto* found = value == nullptr ? nullptr : value->find(name);
    const auto* below = std::get_if<std::unique_ptr<Node>>(&wanted);
    const bool fits =
        below != nullptr ? holds(**below, found) : holds(std::get<Leaf>(wanted), found);
    if (!fits) return false;
  }
  return std::ranges::all_of(node.groups, [&](const auto& group) {
    return std::ranges::any_of(group, [&](const Node& one) { return holds_at(one, value); });
  });
}

bool Matching::holds(const Leaf& leaf, const json::Value* value) {
  if (value != nullptr && any_passes(leaf.any_of, *value)) return true;
  return leaf.absence && is_absent(leaf);
}

bool Matching::is_absent(const Leaf& leaf) {
  auto& answer = absent_[*leaf.absence];
  if (!answer) answer = !has_leaf(event_, leaf.path);
  return *answer;
}

}  // namespace everseal::events
