#include "services/events/pattern/compiler.h"

#include <algorithm>
#include <utility>

namespace everseal::events {
namespace {

using Kind = json::Value::Kind;

constexpr std::size_t kSourceShown = 500;

Affix::End end_of(std::string_view type) {
  return type == "prefix" ? Affix::End::Front : Affix::End::Back;
}

std::string must_be_text(std::string_view type) {
  return std::string(type) + " match pattern must be a string";
}

}  // namespace

InvalidPattern Compiler::at(std::size_t octet, std::string sentence) const {
  const auto before = text_.substr(0, octet);
  const auto line = 1 + std::ranges::count(before, '\n');
  const auto start = before.rfind('\n') + 1;  // none: npos + 1 is 0
  sentence.append("\n at [Source: (String)\"").append(text_.substr(0, kSourceShown)).append(1, '"');
  if (text_.size() > kSourceShown)
    sentence += "[truncated " + std::to_string(text_.size() - kSourceShown) + " chars]";
  sentence += "; line: " + std::to_string(line) + ", column: " + std::to_string(octet - start + 1);
  return {sentence + "]"};
}

// That library has read no more than the first octet of what has a closing one.
InvalidPattern Compiler::at(const json::Value& value, std::string sentence) const {
  const bool closes = value.kind == Kind::String || !value.is_leaf();
  return at(closes ? value.begin + 1 : value.end, std::move(sentence));
}

Result<Node, InvalidPattern> Compiler::object(const json::Value& object) {
  if (object.members.empty()) return at(object.end, "Empty objects are not allowed");
  Node node;
  for (const auto& member : object.members) {
    if (auto refused = field(member, node)) return *std::move(refused);
  }
  return node;
}

Compiler::Refusal Compiler::field(const json::Member& member, Node& into) {
  if (is_or_relation(member)) return alternatives(member.value, into);
  path_.push_back(member.name);
  if (member.value.kind == Kind::Object) {
    auto below = object(member.value);
    if (!below) return below.error();
    into.fields.push_back({member.name, std::make_unique<Node>(*std::move(below))});
  } else if (member.value.kind == Kind::Array) {
    auto wanted = leaf(member.value);
    if (!wanted) return wanted.error();
    into.fields.push_back({member.name, *std::move(wanted)});
  } else {
    return at(member.value, "\"" + member.name + "\" must be an object or an array");
  }
  path_.pop_back();
  return std::nullopt;
}

Compiler::Refusal Compiler::alternatives(const json::Value& objects, Node& into) {
  auto& group = into.groups.emplace_back();
  for (const auto& alternative : objects.elements) {
    auto node = object(alternative);
    if (!node) return node.error();
    group.push_back(*std::move(node));
  }
  return std::nullopt;
}

Result<Leaf, InvalidPattern> Compiler::leaf(const json::Value& array) {
  if (array.elements.empty()) return at(array.end, "Empty arrays are not allowed");
  Leaf leaf;
  leaf.path = path_;
  for (const auto& one : array.elements) {
    if (auto refused = element(one, leaf)) return *std::move(refused);
  }
  return leaf;
}

Compiler::Refusal Compiler::element(const json::Value& element, Leaf& into) {
  if (element.kind == Kind::Object) return expression(element, into);
  if (element.kind == Kind::Array)
    return at(element, "Match value must be String, number, true, false, or null");
  into.any_of.emplace_back(Exact{element.kind, element.text});
  return std::nullopt;
}

Compiler::Refusal Compiler::expression(const json::Value& object, Leaf& into) {
  if (object.members.empty()) return at(object.end, "Match expression name not found");
  const auto& [type, place, operand] = object.members.front();
  if (type == "exists") {
    if (auto refused = existence(operand, into)) return refused;
  } else {
    auto made = test(type, operand, place);
    if (!made) return made.error();
    into.any_of.push_back(*std::move(made));
  }
  if (object.members.size() > 1)
    return at(object.members[1].name_end, "Only one key allowed in match expression");
  return std::nullopt;
}

Compiler::Refusal Compiler::existence(const json::Value& operand, Leaf& into) {
  if (operand.kind == Kind::True) {
    into.any_of.emplace_back(Present{});
  } else if (operand.kind == Kind::False) {
    if (!into.absence) into.absence = absences_++;
  } else {
    return at(operand, "exists match pattern must be either true or false.");
  }
  return std::nullopt;
}

Result<Test, InvalidPattern> Compiler::test(std::string_view type, const json::Value& operand,
                                            std::size_t place) {
  const auto as_test = [](auto&& made) -> Result<Test, InvalidPattern> {
    if (!made) return made.error();
    return Test(*std::forward<decltype(made)>(made));
  };
  const auto with_place = [&](auto&& made) -> Result<Test, InvalidPattern> {
    if (!made) return at(operand, made.error());
    return Test(*std::forward<decltype(made)>(made));
  };
  if (type == "prefix" || type == "suffix") return as_test(affix(type, operand));
  if (type == "wildcard") return as_test(wildcard(type, operand));
  if (type == "anything-but") return as_test(anything_but(operand));
  if (type == "numeric") return with_place(NumericRange::parse(operand));
  const bool takes_text = type == "cidr" || type == "equals-ignore-case" || type == "exactly";
  if (!takes_text) return at(place, "Unrecognized match type " + std::string(type));
  if (operand.kind != Kind::String) return at(operand, must_be_text(type));
  if (type == "cidr") return with_place(IpRange::parse(operand.text));
  if (type == "exactly") return Test(Exact{Kind::String, operand.text});
  return Test(SameText{operand.text});
}

Result<Affix, InvalidPattern> Compiler::affix(std::string_view type, const json::Value& operand) {
  if (operand.kind == Kind::String) return Affix{end_of(type), operand.text, Case::Matters};
  if (operand.kind != Kind::Object || operand.members.empty())
    return at(operand, must_be_text(type));
  const auto& [name, place, text] = operand.members.front();
  if (name != "equals-ignore-case")
    return at(place, "Unsupported " + std::string(type) + " match pattern: " + name);
  if (text.kind != Kind::String) return at(text, must_be_text("equals-ignore-case"));
  if (operand.members.size() > 1)
    return at(operand.members[1].name_end, "Only one key allowed in match expression");
  return Affix{end_of(type), text.text, Case::Ignored};
}

Result<Wildcard, InvalidPattern> Compiler::wildcard(std::string_view type,
                                                    const json::Value& operand) {
  if (operand.kind != Kind::String) return at(operand, must_be_text(type));
  auto made = Wildcard::parse(operand.text);
  if (!made) return at(operand, made.error());
  wildcard_states_ += made->states();
  if (wildcard_states_ > Pattern::most_wildcard_states)
    return InvalidPattern{
        "Rule is too complex - try using fewer wildcard characters or fewer repeating character "
        "sequences after a wildcard character"};
  return *std::move(made);
}

Result<AnythingBut, InvalidPattern> Compiler::anything_but(const json::Value& operand) {
  if (operand.kind == Kind::Array) return no_value_of(operand.elements, operand.end);
  if (operand.kind == Kind::Object) return no_text_like(operand);
  if (operand.kind != Kind::String && operand.kind != Kind::Number)
    return at(operand, "Value of anything-but must be an array or single string/number value.");
  return no_value_of({operand}, operand.end);
}

Result<AnythingBut, InvalidPattern> Compiler::no_value_of(const json::Elements& values,
                                                          std::size_t place) {
  if (values.empty()) return at(place, "Empty arrays are not allowed");
  AnythingBut made;
  for (const auto& value : values) {
    if (value.kind != Kind::String && value.kind != Kind::Number)
      return at(value, "Inside anything but list, start|null|boolean is not supported.");
    if (value.kind != values.front().kind)
      return at(value,
                "Inside anything but list, either all values are number or string, mixed type is "
                "not supported");
    made.none_of.emplace_back(Exact{value.kind, value.text});
  }
  return made;
}

Result<AnythingBut, InvalidPattern> Compiler::no_text_like(const json::Value& object) {
  if (object.members.empty()) return at(object.end, "Anything-But expression name not found");
  const auto& [type, place, operand] = object.members.front();
  if (type != "prefix" && type != "suffix" && type != "wildcard" && type != "equals-ignore-case")
    return at(place, "Unsupported anything-but pattern: " + type);
  const bool is_list = operand.kind == Kind::Array;
  if (is_list && operand.elements.empty()) return at(operand.end, "Empty arrays are not allowed");
  AnythingBut made;
  for (const auto& one : is_list ? operand.elements : json::Elements{operand}) {
    auto test = excluded(type, one);
    if (!test) return test.error();
    made.none_of.push_back(*std::move(test));
  }
  if (object.members.size() > 1)
    return at(object.members[1].name_end, "Only one key allowed in match expression");
  return made;
}

Result<TextTest, InvalidPattern> Compiler::excluded(std::string_view type,
                                                    const json::Value& operand) {
  if (operand.kind != Kind::String) return at(operand, must_be_text(type));
  if (type == "equals-ignore-case") return TextTest(SameText{operand.text});
  if (type == "wildcard") {
    auto made = wildcard(type, operand);
    if (!made) return made.error();
    return TextTest(*std::move(made));
  }
  if (operand.text.empty()) return at(operand, "Null prefix/suffix not allowed");
  return TextTest(Affix{end_of(type), operand.text, Case::Matters});
}

}  // namespace everseal::events
