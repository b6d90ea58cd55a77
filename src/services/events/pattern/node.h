#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/events/pattern/ip_range.h"
#include "services/events/pattern/numeric.h"
#include "services/events/pattern/strings.h"
#include "services/events/pattern/wildcard.h"

// What a pattern is compiled to.
namespace everseal::events {

struct Exact {
  json::Value::Kind kind{};
  std::string text;
  friend bool operator==(const Exact&, const Exact&) = default;
};

// What "anything-but" may hold, and what may stand by itself: each is about texts, but for Exact.
using TextTest = std::variant<Exact, Affix, SameText, Wildcard>;

// Any value that passes none of these.
struct AnythingBut {
  std::vector<TextTest> none_of;
};

struct Present {};  // {"exists": true}

using Test =
    std::variant<Exact, Affix, SameText, Wildcard, AnythingBut, NumericRange, IpRange, Present>;

// One field's array of alternatives.
struct Leaf {
  std::vector<Test> any_of;
  // {"exists": false}: nothing of the event has this path. The number names the answer, which is
  // found once an event.
  std::optional<std::size_t> absence;
  std::vector<std::string> path;
};

// An object of a pattern: all fields, and of each group of "$or" one alternative.
struct Node {
  struct Field {
    std::string name;
    std::variant<Leaf, std::unique_ptr<Node>> wanted;
  };
  std::vector<Field> fields;
  std::vector<std::vector<Node>> groups;
};

bool passes(const Test& test, const json::Value& leaf);

}  // namespace everseal::events
