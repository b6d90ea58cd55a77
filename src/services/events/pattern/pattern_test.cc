#include "services/events/pattern/pattern.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace everseal::events {
namespace {

std::string reason_of(const std::string& pattern) {
  const auto compiled = Pattern::compile(pattern);
  return compiled ? "none" : compiled.error().reason;
}

bool matches(const std::string& pattern, const std::string& event) {
  const auto compiled = Pattern::compile(pattern);
  const auto parsed = json::parse(event);
  EXPECT_TRUE(compiled) << pattern;
  EXPECT_TRUE(parsed) << event;
  return compiled && parsed && compiled->matches(*parsed);
}

// "sentence @12" with the place as AWS prints it, or "sentence".
std::string expected_reason(const std::string& pattern, const std::string& line) {
  const auto column = line.rfind(" @");
  if (column == std::string::npos) return line;
  return line.substr(0, column) + "\n at [Source: (String)\"" + pattern +
         "\"; line: 1, column: " + line.substr(column + 2) + "]";
}

// `count` alternatives, "$or" within "$or" or side by side.
std::string alternatives(std::size_t count, const std::string& name) {
  std::string objects;
  for (std::size_t i = 0; i < count; ++i) objects += R"({")" + name + R"(":[1]},)";
  objects.pop_back();
  return R"("$or":[)" + objects + "]";
}

TEST(Pattern, does_what_each_line_of_the_table_says) {
  std::ifstream cases(PATTERN_CASES);
  std::string pattern;
  int count = 0;
  for (std::string line; std::getline(cases, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto rest = line.size() > 2 ? line.substr(2) : std::string();
    if (line[0] == '?') {
      pattern = rest;
      continue;
    }
    ++count;
    SCOPED_TRACE(pattern + "   " + line);
    if (line[0] == '!') {
      EXPECT_EQ(reason_of(pattern), expected_reason(pattern, rest));
    } else {
      ASSERT_TRUE(line[0] == '+' || line[0] == '-');
      EXPECT_EQ(matches(pattern, rest), line[0] == '+');
    }
  }
  EXPECT_GE(count, 300);
}

TEST(Pattern, the_place_of_a_mistake_counts_lines) {
  const std::string pattern = "{\n  \"a\": [\"x\"],\n  \"b\": 5\n}";
  EXPECT_EQ(reason_of(pattern), "\"b\" must be an object or an array\n at [Source: (String)\"" +
                                    pattern + "\"; line: 3, column: 9]");
}

TEST(Pattern, of_a_long_text_the_place_of_a_mistake_shows_the_beginning) {
  const auto pattern = R"({"a":[")" + std::string(600, 'x') + R"("],"b":5})";
  const auto reason = reason_of(pattern);
  EXPECT_NE(reason.find(pattern.substr(0, 500) + "\"[truncated 116 chars]; line: 1, column: 616]"),
            std::string::npos)
      << reason;
}

TEST(Pattern, has_at_most_4096_octets) {
  const auto of_length = [](std::size_t length) {
    return R"({"a":[")" + std::string(length - 10, 'x') + R"("]})";
  };
  EXPECT_EQ(reason_of(of_length(4096)), "none");
  EXPECT_EQ(reason_of(of_length(4097)), "Pattern is longer than 4096 characters");
}

TEST(Pattern, has_at_most_1000_combinations_of_alternatives) {
  const auto ten = [](const char* name) { return alternatives(10, name); };
  const auto nested = [&](const std::string& third) {
    return R"({"x":{)" + ten("a") + R"(},"y":{)" + ten("b") + R"(},"z":{)" + third + "}}";
  };
  EXPECT_EQ(reason_of(nested(ten("c"))), "none");
  EXPECT_EQ(reason_of(nested(alternatives(11, "c"))),
            "Rule is too complex - it has more than 1000 combinations of $or");
}

TEST(Pattern, alternatives_within_alternatives_add_up) {
  // Each of 2 groups has 1 + 40 alternatives: 41 * 41 are too many; 31 * 31 are not.
  const auto with = [](std::size_t inner) {
    const auto group = R"("$or":[{"a":[1]},{)" + alternatives(inner, "b") + "}]";
    return R"({"x":{)" + group + R"(},"y":{)" + group + "}}";
  };
  EXPECT_EQ(reason_of(with(30)), "none");
  EXPECT_NE(reason_of(with(40)), "none");
}

TEST(Pattern, too_many_wildcards_are_too_complex) {
  const auto stars = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "*x";
    return R"({"a":[{"wildcard":")" + text + R"("}]})";
  };
  EXPECT_EQ(reason_of(stars(50)), "none");
  EXPECT_EQ(reason_of(stars(51)),
            "Rule is too complex - try using fewer wildcard characters or fewer repeating "
            "character sequences after a wildcard character");
}

TEST(Pattern, repeating_characters_after_a_wildcard_are_complex_and_others_are_not) {
  const auto after_star = [](const std::string& text) {
    return R"({"a":[{"anything-but":{"wildcard":"*)" + text + R"("}}]})";
  };
  EXPECT_EQ(reason_of(after_star(std::string(99, 'x'))), "none");
  EXPECT_NE(reason_of(after_star(std::string(100, 'x'))), "none");
  std::string varied;
  for (int i = 0; i < 300; ++i) varied += std::to_string(i) + "-";
  EXPECT_EQ(reason_of(after_star(varied)), "none");
}

TEST(Pattern, is_as_deep_as_json_may_be) {
  const auto nested = [](std::size_t depth) {
    std::string text = "[1]";
    for (std::size_t i = 0; i < depth; ++i) text = R"({"a":)" + text + "}";
    return text;
  };
  EXPECT_EQ(reason_of(nested(99)), "none");
  EXPECT_EQ(reason_of(nested(200)), "Invalid JSON");
  EXPECT_TRUE(matches(nested(99), nested(99)));
  EXPECT_FALSE(matches(nested(99), nested(98)));
}

TEST(Pattern, a_large_array_of_objects_is_looked_at_once_for_what_must_be_absent) {
  std::string event = R"({"a":[)";
  for (int i = 0; i < 50'000; ++i) event += R"({"c":1},)";
  event += R"({"b":1}]})";
  EXPECT_FALSE(matches(R"({"a":{"b":[{"exists":false}]}})", event));
}

}  // namespace
}  // namespace everseal::events
