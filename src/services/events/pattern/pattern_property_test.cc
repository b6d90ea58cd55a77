#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "services/events/pattern/pattern.h"

namespace everseal::events {
namespace {

rc::Gen<std::string> text_of(const std::string& letters) {
  return rc::gen::scale(0.2, rc::gen::container<std::string>(rc::gen::elementOf(letters)));
}

bool matches(const std::string& test, const std::string& value) {
  const auto pattern = Pattern::compile(R"({"a":[)" + test + "]}");
  const auto event = json::parse(R"({"a":)" + value + "}");
  return pattern && event && pattern->matches(*event);
}

std::string operation(const std::string& name, const std::string& operand) {
  return "{" + json::quoted(name) + ":" + operand + "}";
}

// The definition of wildcards, without any cleverness.
bool naive_match(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*') {
    return naive_match(pattern.substr(1), text) ||
           (!text.empty() && naive_match(pattern, text.substr(1)));
  }
  return !text.empty() && pattern[0] == text[0] && naive_match(pattern.substr(1), text.substr(1));
}

RC_GTEST_PROP(Pattern, a_wildcard_matches_what_its_definition_matches, ()) {
  std::string pattern;
  for (const char letter : *text_of("ab*")) {
    if (letter != '*' || !pattern.ends_with('*')) pattern += letter;
  }
  const auto text = *text_of("ab");
  RC_ASSERT(matches(operation("wildcard", json::quoted(pattern)), json::quoted(text)) ==
            naive_match(pattern, text));
}

RC_GTEST_PROP(Pattern, anything_but_is_the_opposite_for_a_value_that_is_there, ()) {
  const auto wanted = json::quoted(*text_of("ab\"\\\n"));
  const auto value = json::quoted(*text_of("ab\"\\\n"));
  RC_ASSERT(matches(wanted, value) != matches(operation("anything-but", wanted), value));
}

RC_GTEST_PROP(Pattern, a_text_has_each_of_its_ends, ()) {
  const auto front = *text_of("abC"), back = *text_of("abC");
  const auto value = json::quoted(front + back);
  RC_ASSERT(matches(operation("prefix", json::quoted(front)), value));
  RC_ASSERT(matches(operation("suffix", json::quoted(back)), value));
}

RC_GTEST_PROP(Pattern, numbers_are_ordered_as_they_are, (int left, int right)) {
  const auto compared = [&](const std::string& how) {
    return matches(operation("numeric", "[\"" + how + "\"," + std::to_string(left) + "]"),
                   std::to_string(right));
  };
  RC_ASSERT(compared("<") == (right < left));
  RC_ASSERT(compared("<=") == (right <= left));
  RC_ASSERT(compared(">") == (right > left));
  RC_ASSERT(compared(">=") == (right >= left));
  RC_ASSERT(compared("=") == (right == left));
}

}  // namespace
}  // namespace everseal::events
