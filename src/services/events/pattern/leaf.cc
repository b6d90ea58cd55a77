#include <algorithm>

#include "services/events/pattern/node.h"

namespace everseal::events {
namespace {

using Kind = json::Value::Kind;

bool passes_one(const Exact& exact, const json::Value& leaf) {
  return leaf.kind == exact.kind && leaf.text == exact.text;
}
bool passes_one(const Affix& affix, const json::Value& leaf) {
  return leaf.kind == Kind::String && passes(affix, leaf.text);
}
bool passes_one(const SameText& same, const json::Value& leaf) {
  return leaf.kind == Kind::String && passes(same, leaf.text);
}
bool passes_one(const Wildcard& wildcard, const json::Value& leaf) {
  return leaf.kind == Kind::String && wildcard.matches(leaf.text);
}
bool passes_one(const NumericRange& range, const json::Value& leaf) {
  if (leaf.kind != Kind::Number) return false;
  const auto number = comparable_number(leaf.text);
  return number && range.contains(*number);
}
bool passes_one(const IpRange& range, const json::Value& leaf) {
  return leaf.kind == Kind::String && range.contains(leaf.text);
}
bool passes_one(const Present&, const json::Value&) { return true; }
bool passes_one(const AnythingBut& but, const json::Value& leaf) {
  return std::ranges::none_of(but.none_of, [&](const TextTest& test) {
    return std::visit([&](const auto& one) { return passes_one(one, leaf); }, test);
  });
}

}  // namespace

bool passes(const Test& test, const json::Value& leaf) {
  return std::visit([&](const auto& one) { return passes_one(one, leaf); }, test);
}

}  // namespace everseal::events
