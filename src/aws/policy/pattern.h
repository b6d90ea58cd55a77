#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/policy/context.h"
#include "result/result.h"

namespace everseal::aws::policy {

// Why a document is no policy, in words for the caller: the message of MalformedPolicyDocument.
struct Malformed {
  std::string reason;
};

// A text of a policy that request values are compared with, compiled. Immutable.
class Pattern {
 public:
  struct Syntax {
    bool wildcards = true;   // `*` stands for any characters, also none; `?` for exactly one
    bool variables = false;  // ${aws:username}, ${key, 'default'}, and the escapes ${*} ${?} ${$}
    bool ignore_case = false;
  };

  // Malformed: a variable that is not closed or not named.
  static Result<Pattern, Malformed> parse(std::string_view text, Syntax syntax);

  // The value of a variable is compared as it is: its wildcards have no meaning. A pattern matches
  // nothing if one of its variables has no value in this request, or several.
  bool matches(std::string_view text, const Context& context) const;

  bool has_variables() const { return !variables_.empty(); }
  // Whether each variable has a value in this request.
  bool resolves(const Context& context) const;

 private:
  // A letter is its octet; what follows 255 has a meaning.
  using Symbol = char16_t;
  using Symbols = std::u16string;
  static constexpr Symbol any_text = 256;
  static constexpr Symbol any_letter = 257;
  static constexpr Symbol first_variable = 258;  // the others count on

  struct Variable {
    std::string key;  // lower case
    std::optional<std::string> otherwise;
  };
  class Compiler;

  static bool match(const Symbols& symbols, std::string_view text, bool ignore_case);
  void append(Symbols& symbols, std::string_view text) const;
  static std::optional<std::string> value_of(const Variable& variable, const Context& context);
  std::optional<Symbols> expand(const Context& context) const;

  Symbols symbols_;
  std::vector<Variable> variables_;
  bool ignore_case_ = false;
};

// The six parts of arn:partition:service:region:account:resource; nothing if it is not of that
// form.
using ArnParts = std::array<std::string_view, 6>;
std::optional<ArnParts> split_arn(std::string_view text);

// An ARN with wildcards: compared part by part, so that no wildcard reaches across one of the first
// five colons. `*` alone stands for everything, also for what is no ARN.
class ArnPattern {
 public:
  enum class Variables { None, InResourcePart, Anywhere };

  static Result<ArnPattern, Malformed> parse(std::string_view text, Variables variables);

  // `parts` of the ARN to compare with, split once for many patterns; nothing if it is no ARN.
  bool matches(const std::optional<ArnParts>& parts, const Context& context) const;
  bool resolves(const Context& context) const;

 private:
  std::vector<Pattern> parts_;  // six; none stands for everything
};

}  // namespace everseal::aws::policy
