#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "result/result.h"
#include "services/events/json/json.h"

namespace everseal::events {

// Why a text is no event pattern, in AWS's words: `Unrecognized match type x`. With a place in the
// text unless it is about the whole.
struct InvalidPattern {
  std::string reason;
};

struct Node;

// What a rule wants of an event, compiled once. Immutable; copies share what was compiled.
//
// A pattern mirrors the event: members of an object must all hold, elements of a leaf's array are
// alternatives. A mentioned field must be there, except with {"exists": false}. Of an array in the
// event any element may match; all members that a pattern asks for within objects of an array must
// hold for one and the same element.
class Pattern {
 public:
  static constexpr std::size_t longest = 4096;            // octets
  static constexpr std::size_t most_combinations = 1000;  // of alternatives of "$or"
  static constexpr std::size_t most_wildcard_states = 100;

  static Result<Pattern, InvalidPattern> compile(std::string_view text);

  bool matches(const json::Value& event) const;

  // A field whose value must be one of a few: what an index of patterns looks up first.
  struct Anchor {
    std::vector<std::string> path;
    std::vector<std::string> values;  // spelled as exact_key() does
  };
  std::vector<Anchor> anchors() const;

 private:
  explicit Pattern(std::shared_ptr<const Node> root, std::size_t absences)
      : root_(std::move(root)), absences_(absences) {}

  std::shared_ptr<const Node> root_;
  std::size_t absences_ = 0;  // how many {"exists": false} it has
};

// Equal for two leaves of events exactly if an exact test cannot tell them apart.
std::string exact_key(const json::Value& leaf);

}  // namespace everseal::events
