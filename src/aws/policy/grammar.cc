#include "aws/policy/grammar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "encoding/ascii.h"

namespace everseal::aws::policy {
namespace {

using Texts = std::vector<std::string>;
template <class T>
using Read = Result<T, Malformed>;

Malformed syntax_error() { return {"Syntax errors in policy."}; }
Malformed missing(std::string_view field) {
  return {"Missing required field " + std::string(field)};
}
Malformed prohibited(std::string_view field) {
  return {"Has prohibited field " + std::string(field)};
}

// Of two members of one name, readers of JSON disagree which one counts.
bool has_name_twice(const Document& document) {
  if (const auto* list = document.as<Document::List>()) {
    return std::ranges::any_of(*list, has_name_twice);
  }
  const auto* members = document.as<Document::Members>();
  if (members == nullptr) return false;
  std::set<std::string_view> seen;
  return std::ranges::any_of(*members, [&](const auto& member) {
    return !seen.insert(member.first).second || has_name_twice(member.second);
  });
}

// An object that has no other members.
bool has_only(const Document& document, std::span<const std::string_view> known) {
  const auto* members = document.as<Document::Members>();
  return members != nullptr && std::ranges::all_of(*members, [&](const auto& member) {
           return std::ranges::find(known, member.first) != known.end();
         });
}

std::string number_text(double number) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  return {text.data(), end};
}

// Numbers and booleans may stand without quotation marks, where conditions compare with them.
Read<std::string> scalar(const Document& document) {
  if (const auto* text = document.as<std::string>()) return *text;
  if (const auto* truth = document.as<bool>()) return std::string(*truth ? "true" : "false");
  if (const auto* integer = document.as<std::int64_t>()) return std::to_string(*integer);
  if (const auto* number = document.as<double>()) return number_text(*number);
  return syntax_error();
}

Read<std::string> text(const Document& document) {
  if (const auto* found = document.as<std::string>()) return *found;
  return syntax_error();
}

// One value, or a list of them.
Read<Texts> one_or_more(const Document& document, Read<std::string> (*read)(const Document&)) {
  const auto* list = document.as<Document::List>();
  if (list == nullptr) {
    auto one = read(document);
    if (!one) return one.error();
    return Texts{*std::move(one)};
  }
  Texts texts;
  for (const Document& element : *list) {
    auto one = read(element);
    if (!one) return one.error();
    texts.push_back(*std::move(one));
  }
  return texts;
}

// "2012-10-17" has policy variables, "2008-10-17" has not and counts if none is named.
Read<bool> has_variables(const Document& document) {
  const Document* version = document.find("Version");
  if (version == nullptr) return false;
  const auto* name = version->as<std::string>();
  if (name != nullptr && *name == "2012-10-17") return true;
  if (name != nullptr && *name == "2008-10-17") return false;
  return Malformed{"Policy document must be version 2012-10-17 or greater."};
}

// "X" or "NotX": exactly one of both. Nothing: neither.
struct Element {
  const Document* value = nullptr;
  bool excluded = false;
};

Read<Element> element(const Document& statement, std::string_view name) {
  const Document* included = statement.find(name);
  const Document* excluded = statement.find("Not" + std::string(name));
  if (included != nullptr && excluded != nullptr) return syntax_error();
  if (excluded != nullptr) return Element{excluded, true};
  return Element{included, false};
}

bool is_alphanumeric(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9');
}

bool is_action_letter(char letter) {
  return is_alphanumeric(letter) || letter == '-' || letter == '_' || letter == '*' ||
         letter == '?';
}

Read<Pattern> action(const std::string& name) {
  if (name != "*") {
    const auto colon = name.find(':');
    if (colon == std::string::npos || colon == 0) {
      return Malformed{
          "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."};
    }
    const std::string_view operation = std::string_view(name).substr(colon + 1);
    if (operation.find(':') != std::string_view::npos) {
      return Malformed{"Actions/Condition can contain only one colon."};
    }
    if (operation.empty() || !std::ranges::all_of(operation, is_action_letter) ||
        !std::ranges::all_of(name.substr(0, colon), is_action_letter)) {
      return Malformed{"Invalid Action: " + name};
    }
  }
  return Pattern::parse(name, {.ignore_case = true});
}

// A role is assumed, and its session tagged: nothing else is done with a trust policy.
bool is_of_trust(std::string_view name) {
  return encoding::equal_ignoring_case(name.substr(0, 4), "sts:");
}

Read<Listed<Pattern>> actions(const Document& statement, Kind kind) {
  const auto found = element(statement, "Action");
  if (!found) return found.error();
  if (found->value == nullptr) return Malformed{"Policy statement must contain actions."};
  const auto names = one_or_more(*found->value, text);
  if (!names) return names.error();
  if (names->empty()) return Malformed{"Policy statement must contain actions."};
  if (kind == Kind::Trust && (found->excluded || !std::ranges::all_of(*names, is_of_trust))) {
    return Malformed{"AssumeRole policy may only specify STS AssumeRole actions."};
  }
  Listed<Pattern> actions{{}, found->excluded};
  for (const std::string& name : *names) {
    auto pattern = action(name);
    if (!pattern) return pattern.error();
    actions.elements.push_back(*std::move(pattern));
  }
  return actions;
}

Read<std::optional<Listed<ArnPattern>>> resources(const Document& statement, Kind kind,
                                                  bool variables) {
  const auto found = element(statement, "Resource");
  if (!found) return found.error();
  if (kind == Kind::Trust) {
    if (found->value != nullptr) return prohibited("Resource");
    return std::optional<Listed<ArnPattern>>{};
  }
  if (found->value == nullptr) return Malformed{"Policy statement must contain resources."};
  const auto names = one_or_more(*found->value, text);
  if (!names) return names.error();
  if (names->empty()) return Malformed{"Policy statement must contain resources."};
  Listed<ArnPattern> resources{{}, found->excluded};
  for (const std::string& name : *names) {
    auto pattern = ArnPattern::parse(
        name, variables ? ArnPattern::Variables::InResourcePart : ArnPattern::Variables::None);
    if (!pattern) return pattern.error();
    resources.elements.push_back(*std::move(pattern));
  }
  return std::optional(std::move(resources));
}

Read<std::vector<Principal>> principals_in(const Document& value) {
  std::vector<Principal> principals;
  const auto* everybody = value.as<std::string>();
  const auto* kinds = value.as<Document::Members>();
  if (everybody != nullptr && *everybody != "*") {
    return Malformed{"Invalid principal in policy: \"" + *everybody + "\""};
  }
  if (everybody == nullptr && kinds == nullptr) return syntax_error();
  const Document::Members as_members =
      kinds != nullptr ? *kinds : Document::Members{{"AWS", Document(std::string("*"))}};
  for (const auto& [kind, names] : as_members) {
    const auto texts = one_or_more(names, text);
    if (!texts) return texts.error();
    for (const std::string& name : *texts) {
      auto principal = Principal::parse(kind, name);
      if (!principal) return principal.error();
      principals.push_back(*std::move(principal));
    }
  }
  if (principals.empty()) return missing("Principal");
  return principals;
}

Read<std::optional<Listed<Principal>>> principals(const Document& statement, Kind kind) {
  const auto found = element(statement, "Principal");
  if (!found) return found.error();
  if (kind == Kind::Identity) {
    if (found->value != nullptr) {
      return Malformed{"Policy document should not specify a principal."};
    }
    return std::optional<Listed<Principal>>{};
  }
  if (found->value == nullptr) return missing("Principal");
  auto named = principals_in(*found->value);
  if (!named) return named.error();
  return std::optional(Listed<Principal>{*std::move(named), found->excluded});
}

// {"StringEquals": {"aws:username": ["ops", "dev"]}}
Read<std::vector<Condition>> conditions(const Document& statement, bool variables) {
  std::vector<Condition> all;
  const Document* block = statement.find("Condition");
  if (block == nullptr) return all;
  const auto* operators = block->as<Document::Members>();
  if (operators == nullptr) return syntax_error();
  for (const auto& [operator_name, tests] : *operators) {
    const auto* keys = tests.as<Document::Members>();
    if (keys == nullptr) return syntax_error();
    for (const auto& [key, values] : *keys) {
      const auto texts = one_or_more(values, scalar);
      if (!texts) return texts.error();
      auto condition = Condition::parse(operator_name, key, *texts, variables);
      if (!condition) return condition.error();
      all.push_back(*std::move(condition));
    }
  }
  return all;
}

Read<Effect> effect(const Document& statement) {
  const Document* found = statement.find("Effect");
  if (found == nullptr) return missing("Effect");
  const auto name = text(*found);
  if (!name) return name.error();
  if (*name == "Allow") return Effect::Allow;
  if (*name == "Deny") return Effect::Deny;
  return Malformed{"Invalid effect: " + *name};
}

Read<std::string> sid(const Document& statement, Kind kind) {
  const Document* found = statement.find("Sid");
  if (found == nullptr) return std::string();
  auto name = text(*found);
  if (name && kind != Kind::Resource && !std::ranges::all_of(*name, is_alphanumeric)) {
    return Malformed{
        "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular "
        "expression [0-9A-Za-z]*"};
  }
  return name;
}

Read<Statement> statement(const Document& document, Kind kind, bool variables) {
  static constexpr auto known =
      std::to_array<std::string_view>({"Sid", "Effect", "Principal", "NotPrincipal", "Action",
                                       "NotAction", "Resource", "NotResource", "Condition"});
  if (!has_only(document, known)) return syntax_error();
  auto its_effect = effect(document);
  if (!its_effect) return its_effect.error();
  auto its_sid = sid(document, kind);
  if (!its_sid) return its_sid.error();
  auto its_principals = principals(document, kind);
  if (!its_principals) return its_principals.error();
  auto its_actions = actions(document, kind);
  if (!its_actions) return its_actions.error();
  auto its_resources = resources(document, kind, variables);
  if (!its_resources) return its_resources.error();
  auto its_conditions = conditions(document, variables);
  if (!its_conditions) return its_conditions.error();
  return Statement{*its_effect,
                   *std::move(its_sid),
                   *std::move(its_principals),
                   *std::move(its_actions),
                   *std::move(its_resources),
                   *std::move(its_conditions)};
}

Read<std::span<const Document>> statement_documents(const Document& document) {
  const Document* found = document.find("Statement");
  if (found == nullptr) return missing("Statement");
  const auto* list = found->as<Document::List>();
  if (list == nullptr) return std::span(found, 1);
  if (list->empty()) return syntax_error();
  return std::span<const Document>(*list);
}

bool sids_are_unique(const std::vector<Statement>& statements) {
  std::set<std::string_view> seen;
  return std::ranges::all_of(statements, [&](const Statement& each) {
    return each.sid.empty() || seen.insert(each.sid).second;
  });
}

}  // namespace

Result<std::vector<Statement>, Malformed> read_statements(const Document& document, Kind kind) {
  static constexpr auto known = std::to_array<std::string_view>({"Version", "Id", "Statement"});
  if (!has_only(document, known) || has_name_twice(document)) return syntax_error();
  const auto variables = has_variables(document);
  if (!variables) return variables.error();
  const Document* id = document.find("Id");
  if (id != nullptr && id->as<std::string>() == nullptr) return syntax_error();
  const auto documents = statement_documents(document);
  if (!documents) return documents.error();
  std::vector<Statement> statements;
  for (const Document& each : *documents) {
    auto read = statement(each, kind, *variables);
    if (!read) return read.error();
    statements.push_back(*std::move(read));
  }
  if (!sids_are_unique(statements)) {
    return Malformed{"Statement IDs (SID) in a single policy must be unique."};
  }
  return statements;
}

}  // namespace everseal::aws::policy
