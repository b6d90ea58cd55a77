#include <algorithm>
#include <cctype>
#include <string>
#include <utility>

#include "aws/protocol/common_error.h"
#include "aws/protocol/pattern.h"
#include "aws/protocol/read.h"
#include "aws/protocol/violations.h"

namespace everseal::aws::protocol {
namespace {

using Kind = Shape::Kind;

// The documents that forms and XML make of an empty element.
bool is_empty_text(const Document& document) {
  const auto* untyped = document.as<Document::Untyped>();
  return untyped != nullptr && untyped->text.empty();
}

bool is_integer_within(const Document& document, const Shape& shape) {
  const auto number = as_integer(document);
  return number && *number >= shape.least && *number <= shape.most;
}

bool has_type(const Document& document, const Shape& shape) {
  switch (shape.kind) {
    case Kind::Boolean:
      return as_boolean(document).has_value();
    case Kind::Integer:
      return is_integer_within(document, shape);
    case Kind::Number:
      return as_number(document).has_value();
    case Kind::Time:
      return as_time(document).has_value();
    case Kind::Blob:
    case Kind::Secret:
      return as_blob(document).has_value();
    case Kind::Structure:
    case Kind::Map:
      return document.as<Document::Members>() != nullptr || is_empty_text(document);
    case Kind::List:
      return document.as<Document::List>() != nullptr || is_empty_text(document);
    case Kind::Text:
    case Kind::Enumeration:
    case Kind::Value:
      break;
  }
  return document.as<std::string>() != nullptr || document.as<Document::Untyped>() != nullptr;
}

std::string_view wanted(const Shape& shape) {
  switch (shape.kind) {
    case Kind::Boolean:
      return "Boolean";
    case Kind::Integer:
      return shape.most > INT32_MAX ? "Long" : "Integer";
    case Kind::Number:
      return "Double";
    case Kind::Time:
      return "Timestamp";
    case Kind::Blob:
    case Kind::Secret:
      return "Blob";
    case Kind::Structure:
      return "structure";
    case Kind::Map:
      return "map";
    case Kind::List:
      return "list";
    case Kind::Text:
    case Kind::Enumeration:
    case Kind::Value:
      break;
  }
  return "String";
}

// What there is instead, in the words of AWS's JSON reader.
std::string_view token_of(const Document& document) {
  if (document.as<Document::List>()) return "START_ARRAY";
  if (document.as<Document::Members>()) return "START_OBJECT";
  if (const auto* value = document.as<bool>()) return *value ? "TRUE_VALUE" : "FALSE_VALUE";
  if (document.as<std::int64_t>() || document.as<double>()) return "NUMBER_VALUE";
  return "STRING_VALUE";
}

// Walks document and shape together and gathers what is wrong.
class Checker {
 public:
  Result<void, ApiError> outcome(Protocol protocol) &&;
  // The document as it is: nothing but the type is known of it.
  void value(const Document& document, const Shape& shape, bool is_sensitive);

 private:
  void members(const Document& structure, const Shape& shape);
  void member(const Document& structure, const Member& member);
  void elements(const Document& list, const Member& member);
  void entries(const Document& map, const Member& member);
  // How a part of a list or map is called.
  struct Step {
    std::string name;        // in the path: "1.member"
    std::string_view words;  // in a sentence: "Map value"
  };
  void part(const Document& whole, const Member& member, const Document& part, const Step& step,
            bool& reported);
  void simple_part(const Document& whole, const Member& member, const Document& part,
                   const Step& step, bool& reported);
  void parse(const Document& text, const Shape& shape, const Constraints& constraints,
             bool is_sensitive);
  void mismatch(const Document& document, const Shape& shape);

  // Runs `look` one step further down the path.
  template <class Look>
  void below(std::string_view step, Look look) {
    const std::size_t before = path_.size();
    if (!path_.empty()) path_ += '.';
    path_ += step;
    look();
    path_.resize(before);
  }

  std::string path_;  // "tags.1.member.key"
  Violations violations_;
  std::optional<std::string> mismatch_;
  std::optional<ApiError> refused_;
};

Result<void, ApiError> Checker::outcome(Protocol protocol) && {
  if (mismatch_) return common_error(protocol, CommonError::Serialization, *mismatch_);
  if (!violations_.empty()) {
    return common_error(protocol, CommonError::Validation, violations_.message());
  }
  if (refused_) return *std::move(refused_);
  return {};
}

void Checker::mismatch(const Document& document, const Shape& shape) {
  if (mismatch_) return;
  mismatch_ =
      std::string(token_of(document)) + " cannot be converted to " + std::string(wanted(shape));
  if (!path_.empty()) *mismatch_ += " at '" + path_ + "'";
}

void Checker::members(const Document& structure, const Shape& shape) {
  for (const auto& declared : shape.members) {
    std::string name(declared.name);
    name.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(name.front())));
    below(name, [&] { member(structure, declared); });
  }
}

void Checker::member(const Document& structure, const Member& member) {
  const Document* found = present(structure, member.name);
  if (found == nullptr) {
    if (member.presence != Presence::Required) return;
    violations_.add(" null", path_, "Member must not be null");
    return;
  }
  const Shape& shape = *member.shape;
  if (!has_type(*found, shape)) return mismatch(*found, shape);
  const auto complaints = broken(*found, shape, member.constraints);
  for (const auto& text : complaints) {
    violations_.add(shown(*found, shape, member.is_sensitive), path_, text);
  }
  if (shape.kind == Kind::Structure) members(*found, shape);
  if (shape.kind == Kind::List) elements(*found, member);
  if (shape.kind == Kind::Map) entries(*found, member);
  if (shape.kind == Kind::Value && complaints.empty()) {
    parse(*found, shape, member.constraints, member.is_sensitive);
  }
}

// A value type's own parse, of what the constraints let through.
void Checker::parse(const Document& text, const Shape& shape, const Constraints& constraints,
                    bool is_sensitive) {
  auto refusal = shape.refusal(*as_text(text));
  if (!refusal) return;
  if (const auto* unformed = std::get_if<NotWellFormed>(&*refusal)) {
    const auto pattern = constraints.pattern.empty() ? unformed->pattern : constraints.pattern;
    violations_.add(shown(text, shape, is_sensitive), path_, must_match(pattern));
  } else if (!refused_) {
    refused_ = std::get<ApiError>(std::move(*refusal));
  }
}

// What is wrong with a simple element is said of the whole list, once, with all that elements must
// satisfy.
void Checker::simple_part(const Document& whole, const Member& member, const Document& part,
                          const Step& step, bool& reported) {
  const Shape& shape = *member.shape->element;
  if (!has_type(part, shape)) return mismatch(part, shape);
  const bool is_broken = !broken(part, shape, member.element_constraints).empty();
  if (is_broken && !reported) {
    std::string texts;
    for (const auto& text : all_of(shape, member.element_constraints)) {
      texts += (texts.empty() ? "" : ", ") + text;
    }
    violations_.add(shown(whole, *member.shape, member.is_sensitive), path_,
                    std::string(step.words) + " must satisfy constraint: [" + texts + "]");
    reported = true;
  }
  if (shape.kind == Kind::Value && !is_broken) {
    parse(part, shape, member.element_constraints, member.is_sensitive);
  }
}

void Checker::part(const Document& whole, const Member& member, const Document& part,
                   const Step& step, bool& reported) {
  const Kind kind = member.shape->element->kind;
  if (part.is_null()) {
    below(step.name, [&] { violations_.add(" null", path_, "Member must not be null"); });
  } else if (kind == Kind::Structure || kind == Kind::List || kind == Kind::Map) {
    below(step.name, [&] { value(part, *member.shape->element, member.is_sensitive); });
  } else {
    simple_part(whole, member, part, step, reported);
  }
}

void Checker::elements(const Document& list, const Member& member) {
  bool reported = false;
  std::size_t position = 0;
  for (const auto& element : elements_of(list)) {
    part(list, member, element, {std::to_string(++position) + ".member", "Member"}, reported);
  }
}

void Checker::entries(const Document& map, const Member& member) {
  bool reported = false;
  for (const auto& [key, entry] : entries_of(map)) {
    part(map, member, entry, {key + ".member", "Map value"}, reported);
  }
}

void Checker::value(const Document& document, const Shape& shape, bool is_sensitive) {
  if (!has_type(document, shape)) return mismatch(document, shape);
  if (shape.kind == Kind::Structure) return members(document, shape);
  const Member anonymous{.name = {},
                         .shape = &shape,
                         .presence = Presence::Optional,
                         .constraints = {},
                         .element_constraints = {},
                         .binding = {},
                         .xml_list = {},
                         .is_sensitive = is_sensitive};
  if (shape.kind == Kind::List) elements(document, anonymous);
  if (shape.kind == Kind::Map) entries(document, anonymous);
}

}  // namespace

Result<void, ApiError> check(const Document& document, const Shape& shape, Protocol protocol) {
  Checker checker;
  checker.value(document, shape, /*is_sensitive=*/false);
  return std::move(checker).outcome(protocol);
}

}  // namespace everseal::aws::protocol
