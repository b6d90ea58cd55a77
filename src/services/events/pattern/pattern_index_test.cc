#include "services/events/pattern/pattern_index.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace everseal::events {
namespace {

using Positions = std::vector<std::size_t>;

PatternIndex index_of(const std::vector<std::string>& texts) {
  std::vector<Pattern> patterns;
  for (const auto& text : texts) patterns.push_back(*Pattern::compile(text));
  return PatternIndex(std::move(patterns));
}

Positions matching(const PatternIndex& index, const std::string& event) {
  return index.matching(*json::parse(event));
}

TEST(PatternIndex, finds_those_that_match_in_their_order) {
  const auto index = index_of({R"({"source":["a"]})", R"({"source":["b"]})",
                               R"({"source":[{"prefix":"a"}]})", R"({"source":["a","b"]})"});
  EXPECT_EQ(matching(index, R"({"source":"a"})"), (Positions{0, 2, 3}));
  EXPECT_EQ(matching(index, R"({"source":"b"})"), (Positions{1, 3}));
  EXPECT_EQ(matching(index, R"({"source":"c"})"), Positions{});
}

TEST(PatternIndex, finds_one_once_though_several_elements_match) {
  const auto index = index_of({R"({"resources":["a","b"]})"});
  EXPECT_EQ(matching(index, R"({"resources":["a","b","a"]})"), Positions{0});
}

TEST(PatternIndex, does_not_rely_on_fields_that_may_be_absent_or_are_alternatives) {
  const auto index =
      index_of({R"({"a":["x",{"exists":false}],"b":[1]})", R"({"$or":[{"a":["x"]},{"b":[2]}]})"});
  EXPECT_EQ(matching(index, R"({"b":1})"), Positions{0});
  EXPECT_EQ(matching(index, R"({"b":2})"), Positions{1});
}

TEST(PatternIndex, tells_a_number_from_a_text_and_true_from_its_spelling) {
  const auto index = index_of({R"({"a":[7]})", R"({"a":["7"]})", R"({"a":[true]})",
                               R"({"a":["true"]})", R"({"a":[null]})"});
  EXPECT_EQ(matching(index, R"({"a":7})"), Positions{0});
  EXPECT_EQ(matching(index, R"({"a":"7"})"), Positions{1});
  EXPECT_EQ(matching(index, R"({"a":true})"), Positions{2});
  EXPECT_EQ(matching(index, R"({"a":"true"})"), Positions{3});
  EXPECT_EQ(matching(index, R"({"a":null})"), Positions{4});
}

TEST(PatternIndex, agrees_with_the_patterns_one_by_one) {
  const std::vector<std::string> texts{R"({"a":{"b":["x"]}})",
                                       R"({"a":{"b":["x"],"c":["y"]}})",
                                       R"({"a":{"c":["y"]},"d":[1]})",
                                       R"({"d":[1,2]})",
                                       R"({"a":{"b":["x","z"]},"d":[2]})",
                                       R"({"d":[{"exists":false}]})",
                                       R"({"a":{"b":["x"]},"d":[{"numeric":[">",0]}]})"};
  const auto index = index_of(texts);
  for (const auto* event :
       {R"({"a":{"b":"x"}})", R"({"a":[{"b":"x"},{"c":"y"}]})",
        R"({"a":[{"b":"z","c":"y"}],"d":2})", R"({"d":1})", R"({"a":{"c":"y"},"d":1})",
        R"({"a":[[{"b":["q","x"]}]],"d":[1,2]})", "{}"}) {
    Positions expected;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (Pattern::compile(texts[i])->matches(*json::parse(event))) expected.push_back(i);
    }
    EXPECT_EQ(matching(index, event), expected) << event;
  }
}

}  // namespace
}  // namespace everseal::events
