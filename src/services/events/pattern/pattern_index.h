#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "services/events/json/json.h"
#include "services/events/pattern/pattern.h"

namespace everseal::events {

// Many patterns, of which an event is to find those that match without looking at each: a pattern
// is looked at only if the event has one of the values of its most telling field. Immutable.
class PatternIndex {
 public:
  explicit PatternIndex(std::vector<Pattern> patterns);

  // Positions in what the index was made of, ascending.
  std::vector<std::size_t> matching(const json::Value& event) const;
  std::size_t size() const { return patterns_.size(); }

 private:
  using Positions = std::vector<std::size_t>;
  using ByValue = std::unordered_map<std::string, Positions>;

  std::vector<Pattern> patterns_;
  std::map<std::vector<std::string>, ByValue> by_field_;
  Positions others_;  // without a field that must have one of a few values
};

}  // namespace everseal::events
