#include "services/events/json/json.h"

#include <gtest/gtest.h>

#include <string>

namespace everseal::events::json {
namespace {

std::string printed(std::string_view text) {
  const auto value = parse(text);
  return value ? print(*value) : "malformed";
}

TEST(Json, numbers_keep_their_spelling) {
  EXPECT_EQ(printed(" [ 300, 300.0, 3.0e2, -0, 1E+5, 0.10 ] "), "[300,300.0,3.0e2,-0,1E+5,0.10]");
}

TEST(Json, of_equal_names_the_last_one_counts) {
  EXPECT_EQ(printed(R"({"a": 1, "b": 2, "a": 3})"), R"({"b":2,"a":3})");
  std::string many = "{";
  for (int i = 0; i < 40; ++i)
    many += "\"k" + std::to_string(i % 20) + "\":" + std::to_string(i) + ",";
  many.back() = '}';
  const auto value = parse(many);
  ASSERT_TRUE(value);
  EXPECT_EQ(value->members.size(), 20U);
  EXPECT_EQ(value->find("k7")->text, "27");
}

TEST(Json, escapes_are_read_and_written) {
  EXPECT_EQ(printed(R"("a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00")"),
            "\"a\\\"\\\\/\\u0008\\u000c\\n\\u000d\\u0009\u00e9\U0001F600\"");
}

TEST(Json, a_value_knows_where_it_stands) {
  const auto value = parse(R"( {"a" : [1, "x"]})");
  ASSERT_TRUE(value);
  const auto& member = value->members.front();
  EXPECT_EQ(member.name_end, 5U);
  EXPECT_EQ(member.value.elements[1].begin, 12U);
  EXPECT_EQ(member.value.elements[1].end, 15U);
}

TEST(Json, everything_else_is_malformed) {
  for (const auto* text : {"",
                           " ",
                           "{",
                           "[",
                           "[1,]",
                           "[,1]",
                           "{\"a\":1,}",
                           "{\"a\"}",
                           "{a:1}",
                           "01",
                           "1.",
                           ".5",
                           "+1",
                           "1e",
                           "-",
                           "tru",
                           "nul",
                           "\"",
                           "\"\\x\"",
                           "\"\\u12\"",
                           "\"\\ud800\"",
                           "\"\\ud800\\u0041\"",
                           "\"\\udc00\"",
                           "\"a\nb\"",
                           "1 2",
                           "[1] x",
                           "'a'",
                           "NaN",
                           "\"\xff\"",
                           "{\"a\":}",
                           "{1:2}",
                           "\xEF\xBB\xBF{}"}) {
    EXPECT_EQ(printed(text), "malformed") << text;
  }
}

TEST(Json, depth_and_number_of_values_have_a_bound) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_NE(printed(nested(100)), "malformed");
  EXPECT_EQ(printed(nested(102)), "malformed");
  std::string many = "[";
  for (int i = 0; i < 150'000; ++i) many += "1,";
  many.back() = ']';
  EXPECT_EQ(printed(many), "malformed");
}

}  // namespace
}  // namespace everseal::events::json
