#pragma once

#include <optional>
#include <vector>

#include "services/events/json/json.h"
#include "services/events/pattern/node.h"

namespace everseal::events {

// One look of a pattern at an event.
class Matching {
 public:
  Matching(const json::Value& event, std::size_t absences) : event_(event), absent_(absences) {}

  // Nothing in the place of a value: the event has none there.
  bool holds(const Node& node, const json::Value* value);

 private:
  bool holds_at(const Node& node, const json::Value* value);
  bool holds(const Leaf& leaf, const json::Value* value);
  bool is_absent(const Leaf& leaf);

  const json::Value& event_;
  std::vector<std::optional<bool>> absent_;  // by Leaf::absence
};

}  // namespace everseal::events
