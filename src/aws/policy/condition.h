#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "aws/policy/context.h"
#include "aws/policy/operand.h"
#include "aws/policy/pattern.h"
#include "result/result.h"

namespace everseal::aws::policy {

// The values of one key under one operator: "StringEquals": {"aws:username": ["ops", "dev"]}.
// Immutable.
class Condition {
 public:
  // `operator_name` may have the prefix ForAnyValue: or ForAllValues: and the suffix IfExists (Null
  // neither). Malformed: an unknown operator, a key without a service, a value that is not of the
  // operator's type.
  static Result<Condition, Malformed> parse(std::string_view operator_name, std::string_view key,
                                            const std::vector<std::string>& values,
                                            bool has_variables);

  // A key with several values holds if one of them matches (ForAllValues: if all do); a negated
  // operator if none does (ForAnyValue: if one does not). A missing key: true with IfExists and
  // ForAllValues, false with ForAnyValue, otherwise true for negated operators only. Null asks
  // whether the key is missing.
  bool holds(const Context& context) const;

  // Whether a variable without a value could make this hold: then the operator is negated.
  bool widened_by_missing_variable(const Context& context) const;

 private:
  enum class Quantifier { None, Any, All };

  bool matches_one(std::string_view value, const Context& context) const;
  bool holds_for_missing() const;
  bool holds_for(const Context::Values& values, const Context& context) const;

  std::string key_;  // lower case
  Quantifier quantifier_ = Quantifier::None;
  bool if_exists_ = false;
  bool negated_ = false;
  bool asks_whether_missing_ = false;  // Null
  std::vector<std::shared_ptr<const Operand>> operands_;
};

}  // namespace everseal::aws::policy
