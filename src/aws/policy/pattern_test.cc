#include "aws/policy/pattern.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cctype>

#include "aws/policy/test_request.h"

namespace everseal::aws::policy {
namespace {

// The definition of wildcards, without any cleverness.
bool naive_match(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*') {
    return naive_match(pattern.substr(1), text) ||
           (!text.empty() && naive_match(pattern, text.substr(1)));
  }
  if (text.empty()) return false;
  return (pattern[0] == '?' || pattern[0] == text[0]) &&
         naive_match(pattern.substr(1), text.substr(1));
}

rc::Gen<std::string> text_of(const std::string& letters) {
  return rc::gen::scale(0.2, rc::gen::container<std::string>(rc::gen::elementOf(letters)));
}

bool matches(std::string_view pattern, std::string_view text, Pattern::Syntax syntax = {},
             const TestRequest& request = {}) {
  const auto parsed = Pattern::parse(pattern, syntax);
  return parsed && parsed->matches(text, Context(request.call, request.access));
}

constexpr Pattern::Syntax with_variables{
    .wildcards = true, .variables = true, .ignore_case = false};

RC_GTEST_PROP(Pattern, matches_what_the_definition_of_wildcards_matches, ()) {
  const std::string pattern = *text_of("ab*?");
  const std::string text = *text_of("ab");
  RC_ASSERT(matches(pattern, text) == naive_match(pattern, text));
}

RC_GTEST_PROP(Pattern, matches_every_text_made_from_it, ()) {
  const std::string pattern = *text_of("ab:/*?");
  std::string text;
  for (const char symbol : pattern) {
    if (symbol == '*') text += *text_of("ab:/");
    if (symbol == '?') text += *rc::gen::elementOf(std::string("ab:/"));
    if (symbol != '*' && symbol != '?') text += symbol;
  }
  RC_ASSERT(matches(pattern, text));
}

RC_GTEST_PROP(Pattern, without_wildcards_is_equality, (std::string left, std::string right)) {
  const Pattern::Syntax literal{.wildcards = false, .variables = false, .ignore_case = false};
  RC_ASSERT(matches(left, left, literal));
  RC_ASSERT(matches(left, right, literal) == (left == right));
}

RC_GTEST_PROP(Pattern, that_ignores_case_matches_both_cases, ()) {
  const Pattern::Syntax syntax{.wildcards = true, .variables = false, .ignore_case = true};
  std::string pattern = *text_of("aBc*");
  std::string upper = pattern;
  for (char& letter : upper) letter = static_cast<char>(std::toupper(letter));
  RC_ASSERT(matches(pattern, upper, syntax));
  RC_ASSERT(matches(upper, pattern, syntax));
}

TEST(Pattern, takes_a_letter_of_several_octets_as_one) {
  EXPECT_TRUE(matches("w?rme", "wärme"));
  EXPECT_FALSE(matches("w??rme", "wärme"));
}

TEST(Pattern, compares_with_the_value_of_a_variable) {
  EXPECT_TRUE(matches("home/${aws:username}/*", "home/ops/a", with_variables));
  EXPECT_FALSE(matches("home/${aws:username}/*", "home/dev/a", with_variables));
  EXPECT_TRUE(matches("${aws:PrincipalTag/Team}", "pki", with_variables));
  EXPECT_TRUE(matches("${ aws:UserName }", "ops", with_variables));
}

TEST(Pattern, gives_wildcards_in_the_value_of_a_variable_no_meaning) {
  TestRequest request;
  request.call.caller.user_name = "*";
  EXPECT_FALSE(matches("${aws:username}", "ops", with_variables, request));
  EXPECT_TRUE(matches("${aws:username}", "*", with_variables, request));
}

TEST(Pattern, takes_the_default_of_a_variable_that_has_no_value) {
  EXPECT_TRUE(matches("${aws:PrincipalTag/site, 'none'}", "none", with_variables));
  EXPECT_TRUE(matches("${aws:PrincipalTag/team, 'none'}", "pki", with_variables));
}

TEST(Pattern, matches_nothing_if_a_variable_has_no_value_or_several) {
  EXPECT_FALSE(matches("*${aws:PrincipalTag/site}", "", with_variables));
  TestRequest request;
  request.with("aws:TagKeys", {"a", "b"});
  EXPECT_FALSE(matches("*${aws:TagKeys, 'c'}*", "c", with_variables, request));
}

TEST(Pattern, knows_the_escapes_of_wildcards) {
  EXPECT_TRUE(matches("${*}${?}${$}{x}", "*?${x}", with_variables));
  EXPECT_FALSE(matches("${*}", "a", with_variables));
}

TEST(Pattern, takes_variables_literally_where_there_are_none) {
  EXPECT_TRUE(matches("${aws:username}", "${aws:username}"));
  EXPECT_FALSE(matches("${aws:username}", "ops"));
}

TEST(Pattern, refuses_variables_that_are_not_well_formed) {
  for (const char* text : {"${aws:username", "${}", "${ }", "${a, b}", "${a, 'b}", "${a,}"}) {
    EXPECT_FALSE(Pattern::parse(text, with_variables)) << text;
  }
}

bool arn_matches(std::string_view pattern, std::string_view text) {
  const auto parsed = ArnPattern::parse(pattern, ArnPattern::Variables::InResourcePart);
  const TestRequest request;
  return parsed && parsed->matches(split_arn(text), Context(request.call, request.access));
}

TEST(ArnPattern, compares_part_by_part) {
  EXPECT_TRUE(arn_matches("arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a/b:c"));
  EXPECT_TRUE(
      arn_matches("arn:*:acm:*:1111*:certificate/?", "arn:aws:acm:eu-west-1:1111:certificate/x"));
  EXPECT_FALSE(arn_matches("arn:aws:a*:::x", "arn:aws:acm:eu-west-1:1:x"));
  EXPECT_FALSE(arn_matches("arn:aws:*::1:x", "arn:aws:acm:eu-west-1:1:x"));
  EXPECT_FALSE(arn_matches("arn:aws:acm:*:*:certificate/*", "arn:aws:acm:eu-west-1:1:authority/x"));
}

TEST(ArnPattern, of_an_asterisk_alone_matches_also_what_is_no_arn) {
  EXPECT_TRUE(arn_matches("*", "*"));
  EXPECT_TRUE(arn_matches("*", "arn:aws:iam::1:root"));
  EXPECT_FALSE(arn_matches("arn:*:*:*:*:*", "*"));
}

TEST(ArnPattern, puts_variables_behind_the_fifth_colon_only) {
  EXPECT_TRUE(arn_matches("arn:aws:iam::1:user/${aws:username}", "arn:aws:iam::1:user/ops"));
  EXPECT_FALSE(ArnPattern::parse("arn:aws:iam::${aws:PrincipalAccount}:user/x",
                                 ArnPattern::Variables::InResourcePart));
  EXPECT_TRUE(ArnPattern::parse("arn:aws:iam::${aws:PrincipalAccount}:user/x",
                                ArnPattern::Variables::Anywhere));
}

TEST(ArnPattern, refuses_what_is_no_arn) {
  for (const char* text : {"", "bucket", "arn:aws:s3:::", "arn:aws:s3:*", "**", "urn:a:b:c:d:e"}) {
    const auto parsed = ArnPattern::parse(text, ArnPattern::Variables::None);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().reason,
              "Resource " + std::string(text) + " must be in ARN format or \"*\".");
  }
}

RC_GTEST_PROP(ArnPattern, equals_the_naive_match_of_all_parts, ()) {
  const auto parts = rc::gen::container<std::vector<std::string>>(6, text_of("ab*?/"));
  auto pattern_parts = *parts;
  auto text_parts = *rc::gen::container<std::vector<std::string>>(6, text_of("ab/"));
  pattern_parts[0] = text_parts[0] = "arn";
  pattern_parts[5] += "*";
  bool expected = true;
  std::string pattern, text;
  for (std::size_t i = 0; i < 6; ++i) {
    expected = expected && naive_match(pattern_parts[i], text_parts[i]);
    pattern += (i == 0 ? "" : ":") + pattern_parts[i];
    text += (i == 0 ? "" : ":") + text_parts[i];
  }
  RC_ASSERT(arn_matches(pattern, text) == expected);
}

}  // namespace
}  // namespace everseal::aws::policy
