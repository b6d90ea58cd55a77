#include "services/events/pattern/pattern_index.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <span>
#include <utility>

namespace everseal::events {
namespace {

using Kind = json::Value::Kind;
using Anchor = Pattern::Anchor;

void each_leaf_at(const json::Value& value, std::span<const std::string> path,
                  const std::function<void(const json::Value&)>& use) {
  if (value.kind == Kind::Array) {
    for (const auto& element : value.elements) each_leaf_at(element, path, use);
  } else if (!path.empty()) {
    if (const auto* next = value.find(path.front())) each_leaf_at(*next, path.subspan(1), use);
  } else if (value.is_leaf()) {
    use(value);
  }
}

// How many patterns ask for a value of a field.
using Demand = std::map<std::pair<std::vector<std::string>, std::string>, std::size_t>;

Demand count_demand(const std::vector<std::vector<Anchor>>& anchors) {
  Demand demand;
  for (const auto& of_one : anchors) {
    for (const auto& anchor : of_one) {
      for (const auto& value : anchor.values) ++demand[{anchor.path, value}];
    }
  }
  return demand;
}

// The one that fewest other patterns share.
const Anchor* most_telling(const std::vector<Anchor>& anchors, const Demand& demand) {
  const Anchor* best = nullptr;
  auto least = std::numeric_limits<std::size_t>::max();
  for (const auto& anchor : anchors) {
    std::size_t shared = 0;
    for (const auto& value : anchor.values) shared += demand.at({anchor.path, value});
    if (shared >= least) continue;
    least = shared;
    best = &anchor;
  }
  return best;
}

}  // namespace

PatternIndex::PatternIndex(std::vector<Pattern> patterns) : patterns_(std::move(patterns)) {
  std::vector<std::vector<Anchor>> anchors;
  for (const auto& pattern : patterns_) anchors.push_back(pattern.anchors());
  const auto demand = count_demand(anchors);
  for (std::size_t i = 0; i < patterns_.size(); ++i) {
    const auto* anchor = most_telling(anchors[i], demand);
    if (anchor == nullptr) {
      others_.push_back(i);
      continue;
    }
    for (const auto& value : anchor->values) by_field_[anchor->path][value].push_back(i);
  }
}

std::vector<std::size_t> PatternIndex::matching(const json::Value& event) const {
  Positions candidates = others_;
  for (const auto& [path, by_value] : by_field_) {
    each_leaf_at(event, path, [&](const json::Value& leaf) {
      const auto found = by_value.find(exact_key(leaf));
      if (found != by_value.end())
        candidates.insert(candidates.end(), found->second.begin(), found->second.end());
    });
  }
  std::ranges::sort(candidates);
  const auto repeated = std::ranges::unique(candidates);
  candidates.erase(repeated.begin(), repeated.end());
  std::erase_if(candidates, [&](std::size_t i) { return !patterns_[i].matches(event); });
  return candidates;
}

}  // namespace everseal::events
