#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "aws/policy/context.h"
#include "aws/policy/pattern.h"
#include "result/result.h"

namespace everseal::aws::policy {

// The values of one key under one operator: "StringEquals": {"aws:username": ["ops", "dev"]}.
// Immutable.
class Condition {
 public:
  // Reference for all operators: the "Condition" element of the IAM policy language. `name` may
  // have the prefix ForAnyValue: or ForAllValues: and the suffix IfExists. Malformed: an unknown
  // operator, a value that is not of the operator's type.
  static Result<Condition, Malformed> parse(std::string_view name, std::string_view key,
                                            const std::vector<std::string>& values,
                                            bool has_variables);

  // A missing key: true with IfExists and ForAllValues, and for negated operators; false with
  // ForAnyValue, and otherwise. Null is true if its value says "true".
  bool holds(const Context& context) const;

  // Whether a variable without a value would make this condition true: a negated operator.
  bool negated() const { return negated_; }
  bool resolves(const Context& context) const;

  // One value of the policy, in the form that its operator compares.
  class Operand {
   public:
    virtual ~Operand() = default;
    virtual bool matches(std::string_view value, const Context& context) const = 0;
    virtual bool resolves(const Context& context) const;
  };

 private:
  enum class Quantifier { One, Any, All };

  bool any_operand_matches(std::string_view value, const Context& context) const;
  bool holds_for_missing() const;

  std::string key_;  // lower case
  Quantifier quantifier_ = Quantifier::One;
  bool if_exists_ = false;
  bool negated_ = false;
  bool asks_for_absence_ =
      false;  // Null: the operands are compared with whether the key is missing
  std::vector<std::shared_ptr<const Operand>> operands_;
};

}  // namespace everseal::aws::policy
