#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/events/json/json.h"
#include "services/events/pattern/node.h"
#include "services/events/pattern/pattern.h"

namespace everseal::events {

// Makes nodes of a pattern's JSON. Where it returns an error, that is the first thing wrong.
class Compiler {
 public:
  explicit Compiler(std::string_view text) : text_(text) {}

  Result<Node, InvalidPattern> object(const json::Value& object);
  std::size_t absences() const { return absences_; }

 private:
  using Refusal = std::optional<InvalidPattern>;

  Refusal field(const json::Member& member, Node& into);
  Refusal alternatives(const json::Value& objects, Node& into);
  Result<Leaf, InvalidPattern> leaf(const json::Value& array);
  Refusal element(const json::Value& element, Leaf& into);
  Refusal expression(const json::Value& object, Leaf& into);
  Refusal existence(const json::Value& operand, Leaf& into);
  Result<Test, InvalidPattern> test(std::string_view type, const json::Value& operand,
                                    std::size_t place);
  Result<Affix, InvalidPattern> affix(std::string_view type, const json::Value& operand);
  Result<Wildcard, InvalidPattern> wildcard(std::string_view type, const json::Value& operand);
  Result<AnythingBut, InvalidPattern> anything_but(const json::Value& operand);
  Result<AnythingBut, InvalidPattern> no_value_of(const json::Elements& values, std::size_t place);
  Result<AnythingBut, InvalidPattern> no_text_like(const json::Value& object);
  Result<TextTest, InvalidPattern> excluded(std::string_view type, const json::Value& operand);

  // The sentence and the place, as the JSON library of AWS prints it.
  InvalidPattern at(std::size_t octet, std::string sentence) const;
  InvalidPattern at(const json::Value& value, std::string sentence) const;

  std::string_view text_;
  std::vector<std::string> path_;
  std::size_t absences_ = 0;
  std::size_t wildcard_states_ = 0;
};

// Whether the member is "$or" with what that takes: two objects or more, none of whose fields is
// named like an operator. Otherwise it is a field of that name.
bool is_or_relation(const json::Member& member);
// How many rules without "$or" it takes to say the same; counts no further than one above the most.
std::size_t combinations(const json::Value& object);

}  // namespace everseal::events
