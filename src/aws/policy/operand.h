#pragma once

#include <memory>
#include <string_view>

#include "aws/policy/context.h"
#include "aws/policy/pattern.h"
#include "result/result.h"

namespace everseal::aws::policy {

// One value of a condition, in the form that its operator compares. Immutable.
class Operand {
 public:
  virtual ~Operand() = default;
  // A value of the request that is not of the operator's type matches nothing.
  virtual bool matches(std::string_view value, const Context& context) const = 0;
  // Whether each of its variables has a value in this request.
  virtual bool resolves(const Context& /*context*/) const { return true; }
};

// What a condition operator does, without prefix, suffix and negation.
struct Operator {
  using Maker = Result<std::shared_ptr<const Operand>, Malformed> (*)(std::string_view text,
                                                                      bool has_variables);
  std::string_view name;  // "StringNotEquals"
  Maker make;
  bool negated;

  // Nothing: there is no operator of that name.
  static const Operator* named(std::string_view name);
};

}  // namespace everseal::aws::policy
