#include "services/logs/filter_pattern.h"

#include <gtest/gtest.h>

#include <string>

namespace everseal::logs {
namespace {

struct Case {
  std::string pattern;
  std::string message;
  bool matches;
};

TEST(FilterPattern, finds_terms) {
  const Case cases[] = {
      {"", "anything", true},
      {"   ", "anything", true},
      {"ERROR", "an ERROR here", true},
      {"ERROR", "an error here", false},
      {"ERROR disk", "disk: ERROR", true},
      {"ERROR disk", "ERROR", false},
      {"\"out of memory\"", "it ran out of memory", true},
      {"\"out of memory\"", "memory of out", false},
      {R"("a \"word\"")", "said a \"word\" twice", true},
      {"ERROR -retry", "ERROR: retry", false},
      {"ERROR -retry", "ERROR: done", true},
      {"-DEBUG", "INFO", true},
      {"-\"a b\"", "a b", false},
      {"?ERROR ?WARN", "WARN", true},
      {"?ERROR ?WARN", "INFO", false},
      {"?ERROR INFO", "INFO", true},
      {"completed the renewal", "the renewal is completed", true},
  };
  for (const auto& [pattern, message, matches] : cases) {
    const auto parsed = FilterPattern::parse(pattern);
    ASSERT_TRUE(parsed) << pattern;
    EXPECT_EQ(parsed->matches(message), matches) << pattern << " in " << message;
  }
}

TEST(FilterPattern, looks_into_json) {
  const std::string message =
      R"({"level":"error","n":7,"half":0.5,"ok":true,"off":false,"none":null,)"
      R"("detail":{"names":["a","b"],"arn":"arn:aws:acm:eu-west-1:1:certificate/x"}})";
  const Case cases[] = {
      {"{ $.level = \"error\" }", message, true},
      {"{ $.level = error }", message, true},
      {"{$.level=err*}", message, true},
      {"{ $.level != \"error\" }", message, false},
      {"{ $.level != \"info\" }", message, true},
      {"{ $.missing != \"info\" }", message, false},
      {"{ $.n = 7 }", message, true},
      {"{ $.n > 6 && $.n < 8 }", message, true},
      {"{ $.n >= 8 }", message, false},
      {"{ $.n <= 7 }", message, true},
      {"{ $.half = 5e-1 }", message, true},
      {"{ $.detail.names[1] = b }", message, true},
      {"{ $.detail.names[2] = b }", message, false},
      {"{ $.detail.arn = \"*:certificate/*\" }", message, true},
      {"{ $.ok IS TRUE }", message, true},
      {"{ $.off IS TRUE }", message, false},
      {"{ $.off IS FALSE }", message, true},
      {"{ $.none IS NULL }", message, true},
      {"{ $.n IS NULL }", message, false},
      {"{ $.missing NOT EXISTS }", message, true},
      {"{ $.n NOT EXISTS }", message, false},
      {"{ $.n EXISTS }", message, true},
      {"{ $.n = 1 || ($.ok IS TRUE && $.level = error) }", message, true},
      {"{ ($.n = 1 || $.ok IS TRUE) && $.level = info }", message, false},
      {"{ $.level = error }", "no JSON", false},
      {"{ $.level = error }", "[\"error\"]", false},
  };
  for (const auto& [pattern, text, matches] : cases) {
    const auto parsed = FilterPattern::parse(pattern);
    ASSERT_TRUE(parsed) << pattern;
    EXPECT_EQ(parsed->matches(text), matches) << pattern;
  }
}

TEST(FilterPattern, refuses_what_it_does_not_understand) {
  std::string deep = "{ ";
  for (int i = 0; i < 30; ++i) deep += "(";
  for (const auto& pattern :
       {std::string("\"no end"), std::string("-"), std::string("[ip, user]"), std::string("%a.b%"),
        std::string("{"), std::string("{ }"), std::string("{ $.a }"), std::string("{ $.a = }"),
        std::string("{ $.a = 1"), std::string("{ $.a = 1 } x"), std::string("{ a = 1 }"),
        std::string("{ $.a < b }"), std::string("{ $.a[ = 1 }"), std::string("{ $ = 1 }"),
        std::string("{ ($.a = 1 }"), std::string("{ $.a = %x% }"), deep}) {
    const auto parsed = FilterPattern::parse(pattern);
    ASSERT_FALSE(parsed) << pattern;
    EXPECT_EQ(parsed.error().code, "InvalidParameterException") << pattern;
  }
}

}  // namespace
}  // namespace everseal::logs
