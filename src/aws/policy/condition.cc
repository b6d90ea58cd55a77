#include "aws/policy/condition.h"

#include <algorithm>

#include "encoding/ascii.h"

namespace everseal::aws::policy {
namespace {

bool strip_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool strip_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

Malformed unknown_operator(std::string_view name) {
  return {"Invalid Condition type : " + std::string(name) + "."};
}

bool is_key(std::string_view key) {
  const auto colon = key.find(':');
  return colon != 0 && colon != std::string_view::npos && colon + 1 < key.size();
}

}  // namespace

Result<Condition, Malformed> Condition::parse(std::string_view operator_name, std::string_view key,
                                              const std::vector<std::string>& values,
                                              bool has_variables) {
  std::string_view name = operator_name;
  Condition condition;
  if (strip_prefix(name, "ForAnyValue:")) {
    condition.quantifier_ = Quantifier::Any;
  } else if (strip_prefix(name, "ForAllValues:")) {
    condition.quantifier_ = Quantifier::All;
  }
  condition.if_exists_ = strip_suffix(name, "IfExists");
  const Operator* found = Operator::named(name);
  if (found == nullptr) return unknown_operator(operator_name);
  condition.asks_whether_missing_ = name == "Null";
  if (condition.asks_whether_missing_ && name != operator_name) {
    return unknown_operator(operator_name);
  }
  if (!is_key(key)) {
    return Malformed{"Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."};
  }
  condition.negated_ = found->negated;
  condition.key_ = encoding::lower_case(key);
  for (const std::string& value : values) {
    auto operand = found->make(value, has_variables);
    if (!operand) return operand.error();
    condition.operands_.push_back(*std::move(operand));
  }
  return condition;
}

bool Condition::holds(const Context& context) const {
  const auto values = context.find(key_);
  if (asks_whether_missing_) {
    return matches_one(!values || values->empty() ? "true" : "false", context);
  }
  if (!values || values->empty()) return holds_for_missing();
  return holds_for(*values, context);
}

bool Condition::holds_for_missing() const {
  if (if_exists_ || quantifier_ == Quantifier::All) return true;
  return negated_ && quantifier_ == Quantifier::None;
}

bool Condition::holds_for(const Context::Values& values, const Context& context) const {
  const auto matches = [&](const std::string& value) { return matches_one(value, context); };
  switch (quantifier_) {
    case Quantifier::None:
      return std::ranges::any_of(values, matches) != negated_;
    case Quantifier::Any:
      return negated_ ? !std::ranges::all_of(values, matches)
                      : std::ranges::any_of(values, matches);
    case Quantifier::All:
      return negated_ ? std::ranges::none_of(values, matches)
                      : std::ranges::all_of(values, matches);
  }
  return false;
}

bool Condition::matches_one(std::string_view value, const Context& context) const {
  return std::ranges::any_of(operands_,
                             [&](const auto& operand) { return operand->matches(value, context); });
}

bool Condition::widened_by_missing_variable(const Context& context) const {
  return negated_ && !std::ranges::all_of(operands_, [&](const auto& operand) {
           return operand->resolves(context);
         });
}

}  // namespace everseal::aws::policy
