#include "aws/policy/pattern.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "encoding/ascii.h"

namespace everseal::aws::policy {
namespace {

// The octets after the first one of a UTF-8 letter.
bool continues_letter(char octet) { return (static_cast<std::uint8_t>(octet) & 0xC0U) == 0x80U; }

std::size_t letter_end(std::string_view text, std::size_t at) {
  do ++at;
  while (at < text.size() && continues_letter(text[at]));
  return at;
}

Malformed bad_variable(std::string_view text) {
  return {"The policy variable in \"" + std::string(text) + "\" is not of the form ${key}."};
}

}  // namespace

// Turns the text of a pattern into symbols, from left to right.
class Pattern::Compiler {
 public:
  Compiler(std::string_view text, Syntax syntax, Pattern& pattern)
      : text_(text), syntax_(syntax), pattern_(pattern) {}

  Result<void, Malformed> run() {
    while (at_ < text_.size()) {
      if (syntax_.variables && text_.substr(at_).starts_with("${")) {
        const auto done = variable();
        if (!done) return done;
      } else {
        letter(text_[at_++]);
      }
    }
    return {};
  }

 private:
  void letter(char octet) {
    if (syntax_.wildcards && octet == '*') {
      pattern_.symbols_ += any_text;
    } else if (syntax_.wildcards && octet == '?') {
      pattern_.symbols_ += any_letter;
    } else {
      literal(octet);
    }
  }

  void literal(char octet) { pattern_.append(pattern_.symbols_, {&octet, 1}); }

  Result<void, Malformed> variable() {
    const auto end = text_.find('}', at_);
    if (end == std::string_view::npos) return bad_variable(text_);
    const auto inner = text_.substr(at_ + 2, end - at_ - 2);
    at_ = end + 1;
    if (inner == "*" || inner == "?" || inner == "$") {
      literal(inner.front());
      return {};
    }
    return named(inner);
  }

  // "aws:username" or "aws:PrincipalTag/team, 'nobody'".
  Result<void, Malformed> named(std::string_view inner) {
    const auto comma = inner.find(',');
    Variable variable{encoding::lower_case(encoding::trimmed(inner.substr(0, comma), " ")),
                      std::nullopt};
    if (variable.key.empty()) return bad_variable(text_);
    if (comma != std::string_view::npos) {
      const auto quoted = encoding::trimmed(inner.substr(comma + 1), " ");
      if (quoted.size() < 2 || quoted.front() != '\'' || quoted.back() != '\'') {
        return bad_variable(text_);
      }
      variable.otherwise = std::string(quoted.substr(1, quoted.size() - 2));
    }
    pattern_.symbols_ += static_cast<Symbol>(first_variable + pattern_.variables_.size());
    pattern_.variables_.push_back(std::move(variable));
    return {};
  }

  std::string_view text_;
  Syntax syntax_;
  Pattern& pattern_;
  std::size_t at_ = 0;
};

Result<Pattern, Malformed> Pattern::parse(std::string_view text, Syntax syntax) {
  Pattern pattern;
  pattern.ignore_case_ = syntax.ignore_case;
  const auto compiled = Compiler(text, syntax, pattern).run();
  if (!compiled) return compiled.error();
  return pattern;
}

void Pattern::append(Symbols& symbols, std::string_view text) const {
  for (const char octet : text) {
    symbols += static_cast<std::uint8_t>(ignore_case_ ? encoding::lower_case(octet) : octet);
  }
}

// Greedy: a mismatch goes back to the last `*` only, which then takes one octet more.
bool Pattern::match(const Symbols& symbols, std::string_view text, bool ignore_case) {
  constexpr auto nowhere = Symbols::npos;
  std::size_t symbol = 0, at = 0, star = nowhere, star_at = 0;
  while (at < text.size()) {
    const Symbol wanted = symbol < symbols.size() ? symbols[symbol] : Symbol{0xFFFF};
    const auto octet =
        static_cast<std::uint8_t>(ignore_case ? encoding::lower_case(text[at]) : text[at]);
    if (wanted == octet) {
      ++symbol, ++at;
    } else if (wanted == any_letter) {
      ++symbol, at = letter_end(text, at);
    } else if (wanted == any_text) {
      star = symbol++, star_at = at;
    } else if (star != nowhere) {
      symbol = star + 1, at = ++star_at;
    } else {
      return false;
    }
  }
  return symbols.find_first_not_of(any_text, symbol) == nowhere;
}

std::optional<std::string> Pattern::value_of(const Variable& variable, const Context& context) {
  auto values = context.find(variable.key);
  if (values && values->size() == 1) return std::move(values->front());
  if (values && !values->empty()) return std::nullopt;
  return variable.otherwise;
}

std::optional<Pattern::Symbols> Pattern::expand(const Context& context) const {
  Symbols expanded;
  for (const Symbol symbol : symbols_) {
    if (symbol < first_variable) {
      expanded += symbol;
      continue;
    }
    const auto value = value_of(variables_[std::size_t{symbol} - first_variable], context);
    if (!value) return std::nullopt;
    append(expanded, *value);
  }
  return expanded;
}

bool Pattern::matches(std::string_view text, const Context& context) const {
  if (!has_variables()) return match(symbols_, text, ignore_case_);
  const auto expanded = expand(context);
  return expanded && match(*expanded, text, ignore_case_);
}

bool Pattern::resolves(const Context& context) const {
  return std::ranges::all_of(
      variables_, [&](const Variable& each) { return value_of(each, context).has_value(); });
}

}  // namespace everseal::aws::policy
