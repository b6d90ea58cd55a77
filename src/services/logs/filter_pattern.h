#pragma once

#include <memory>
#include <string_view>

#include "aws/api_error.h"
#include "result/result.h"

namespace everseal::logs {

// Which events FilterLogEvents gives: https://docs.aws.amazon.com, "Filter pattern syntax". Spoken
// here are
//   nothing                          all events
//   ERROR "out of memory" -DEBUG     all terms, as parts of the text, but none that has a minus
//   ?ERROR ?WARN                     one of the terms; beside others such terms count nothing
//   { $.level = "error" && $.n > 3 } members of a JSON object: = != < <= > >=, IS NULL, IS TRUE,
//                                    IS FALSE, NOT EXISTS, EXISTS, && || and brackets; "*" stands
//                                    for any text in a value
// Columns in square brackets and regular expressions between percent signs are not.
// Immutable.
class FilterPattern {
 public:
  // InvalidParameterException
  static Result<FilterPattern, ApiError> parse(std::string_view text);

  bool matches(std::string_view message) const;
  bool matches_all() const { return condition_ == nullptr; }

  // Whether one message passes.
  class Condition {
   public:
    virtual ~Condition() = default;
    virtual bool holds(std::string_view message) const = 0;
  };

 private:
  explicit FilterPattern(std::shared_ptr<const Condition> condition)
      : condition_(std::move(condition)) {}

  std::shared_ptr<const Condition> condition_;  // null: all match
};

}  // namespace everseal::logs
