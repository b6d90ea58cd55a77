#include "services/events/pattern/pattern.h"

#include <algorithm>

#include "services/events/pattern/compiler.h"
#include "services/events/pattern/matching.h"
#include "services/events/pattern/node.h"

namespace everseal::events {
namespace {

using Kind = json::Value::Kind;

std::string exact_key(Kind kind, const std::string& text) {
  switch (kind) {
    case Kind::String:
      return '"' + text;
    case Kind::Number:
      return text;
    case Kind::True:
      return "true";
    case Kind::False:
      return "false";
    default:
      return "null";
  }
}

// The values that a leaf allows, if it allows a few and no others.
std::vector<std::string> exact_values(const Leaf& leaf) {
  std::vector<std::string> values;
  if (leaf.absence) return values;
  for (const auto& test : leaf.any_of) {
    const auto* exact = std::get_if<Exact>(&test);
    if (exact == nullptr) return {};
    values.push_back(exact_key(exact->kind, exact->text));
  }
  return values;
}

void collect_anchors(const Node& node, std::vector<Pattern::Anchor>& anchors) {
  for (const auto& field : node.fields) {
    if (const auto* below = std::get_if<std::unique_ptr<Node>>(&field.wanted)) {
      collect_anchors(**below, anchors);
      continue;
    }
    const auto& leaf = std::get<Leaf>(field.wanted);
    if (auto values = exact_values(leaf); !values.empty())
      anchors.push_back({leaf.path, std::move(values)});
  }
}

InvalidPattern too_many_combinations() {
  return {"Rule is too complex - it has more than " + std::to_string(Pattern::most_combinations) +
          " combinations of $or"};
}

}  // namespace

Result<Pattern, InvalidPattern> Pattern::compile(std::string_view text) {
  if (text.size() > longest)
    return InvalidPattern{"Pattern is longer than " + std::to_string(longest) + " characters"};
  const auto parsed = json::parse(text);
  if (!parsed) return InvalidPattern{"Invalid JSON"};
  if (parsed->kind != Kind::Object) return InvalidPattern{"Filter is not an object"};
  if (combinations(*parsed) > most_combinations) return too_many_combinations();
  Compiler compiler(text);
  auto root = compiler.object(*parsed);
  if (!root) return root.error();
  return Pattern(std::make_shared<const Node>(*std::move(root)), compiler.absences());
}

bool Pattern::matches(const json::Value& event) const {
  return Matching(event, absences_).holds(*root_, &event);
}

std::vector<Pattern::Anchor> Pattern::anchors() const {
  std::vector<Anchor> anchors;
  collect_anchors(*root_, anchors);
  return anchors;
}

std::string exact_key(const json::Value& leaf) { return exact_key(leaf.kind, leaf.text); }

}  // namespace everseal::events
