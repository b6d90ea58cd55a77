#include "services/events/input.h"

#include <gtest/gtest.h>

#include "clock/time_text.h"

namespace everseal::events {
namespace {

const std::string kEvent =
    R"({"version":"0","id":"e-1","detail-type":"Press","source":"plant","account":"111122223333",)"
    R"("time":"2026-04-06T06:00:53Z","region":"us-east-1","resources":["arn:1","arn:2"],)"
    R"("detail":{"text":"a \"quoted\" word","n":3.0e2,"flag":true,"none":null,)"
    R"("items":[{"k":1},{"k":2}],"with space":"x"}})";

const RuleName kRule{{"111122223333", "us-east-1", "default"}, "press"};

shapes::Target target() {
  shapes::Target made;
  made.id = "1";
  made.arn = "arn:aws:lambda:us-east-1:111122223333:function:f";
  return made;
}

shapes::Target transformed(std::map<std::string, std::string> paths, std::string text) {
  auto made = target();
  made.input_transformer = shapes::InputTransformer{std::move(paths), std::move(text)};
  return made;
}

std::string given(const shapes::Target& target) {
  return input_for(target, kEvent, kRule, *parse_iso8601("2026-04-06T06:00:54Z"));
}

std::string at_path(const std::string& path) {
  auto made = target();
  made.input_path = path;
  return given(made);
}

TEST(Input, is_the_event_unless_something_else_is_said) { EXPECT_EQ(given(target()), kEvent); }

TEST(Input, may_be_a_constant) {
  auto made = target();
  made.input = R"({ "a" : 1 })";
  EXPECT_EQ(given(made), R"({ "a" : 1 })");
}

TEST(Input, may_be_a_part_of_the_event) {
  EXPECT_EQ(at_path("$"), kEvent);
  EXPECT_EQ(at_path(""), kEvent);
  EXPECT_EQ(at_path("$.source"), R"("plant")");
  EXPECT_EQ(at_path("$.detail-type"), R"("Press")");
  EXPECT_EQ(at_path("$['detail-type']"), R"("Press")");
  EXPECT_EQ(at_path("$.resources[1]"), R"("arn:2")");
  EXPECT_EQ(at_path("$.detail.n"), "3.0e2");
  EXPECT_EQ(at_path("$.detail.items"), R"([{"k":1},{"k":2}])");
  EXPECT_EQ(at_path("$.detail.items[0]"), R"({"k":1})");
  EXPECT_EQ(at_path("$.detail.items[*].k"), "[1,2]");
  EXPECT_EQ(at_path("$.detail['with space']"), R"("x")");
  EXPECT_EQ(at_path("$.detail.none"), "null");
  EXPECT_EQ(at_path("$.detail.missing"), "null");
}

TEST(Input, a_template_puts_json_where_a_variable_stands_alone) {
  const auto made = transformed({{"text", "$.detail.text"},
                                 {"n", "$.detail.n"},
                                 {"items", "$.detail.items"},
                                 {"flag", "$.detail.flag"}},
                                R"({"t": <text>, "n": <n>, "i": <items>, "f": <flag>})");
  EXPECT_EQ(given(made),
            R"({"t": "a \"quoted\" word", "n": 3.0e2, "i": [{"k":1},{"k":2}], "f": true})");
}

TEST(Input, a_template_puts_the_bare_text_within_quotes) {
  const auto made =
      transformed({{"source", "$.source"}, {"n", "$.detail.n"}, {"text", "$.detail.text"}},
                  R"("The <source> said <n> \" <text>")");
  EXPECT_EQ(given(made), R"("The plant said 3.0e2 \" a "quoted" word")");
}

TEST(Input, a_variable_whose_path_is_not_there_is_left_out) {
  EXPECT_EQ(given(transformed({{"x", "$.detail.missing"}}, R"({"a": "<x>!"})")), R"({"a": "!"})");
}

TEST(Input, what_is_no_variable_stays) {
  EXPECT_EQ(given(transformed({}, R"("1 < 2 <> < a > <")")), R"("1 < 2 <> < a > <")");
}

TEST(Input, a_template_knows_the_rule_and_the_event) {
  EXPECT_EQ(given(transformed({}, R"({"r": <aws.events.rule-arn>, "n": "<aws.events.rule-name>",)"
                                  R"( "t": <aws.events.event.ingestion-time>})")),
            R"({"r": "arn:aws:events:us-east-1:111122223333:rule/press", "n": "press",)"
            R"( "t": "2026-04-06T06:00:54Z"})");
  EXPECT_EQ(given(transformed({}, "<aws.events.event.json>")), kEvent);
  const auto without = given(transformed({}, "<aws.events.event>"));
  EXPECT_EQ(without, kEvent.substr(0, kEvent.find(R"(,"detail":)")) + "}");
}

TEST(Input, is_refused_if_it_cannot_be_used) {
  auto two = target();
  two.input = "{}";
  two.input_path = "$.detail";
  EXPECT_EQ(refuse_input(two),
            "Only one of Input, InputPath, or InputTransformer must be provided for target 1.");
  auto no_json = target();
  no_json.input = "{";
  EXPECT_EQ(refuse_input(no_json), "Input for target 1 is not valid JSON.");
  for (const auto* path : {"detail", "$detail", "$.", "$..a", "$.a[", "$.a[x]", "$['a", "$.a]["}) {
    auto bad = target();
    bad.input_path = path;
    EXPECT_EQ(refuse_input(bad), "InputPath for target 1 is invalid.") << path;
  }
  EXPECT_EQ(refuse_input(transformed({{"a", "b"}}, "<a>")),
            "InputPathsMap for target 1 contains invalid JSONPath b.");
  EXPECT_EQ(refuse_input(transformed({{"aws.events.rule-arn", "$"}}, "x")),
            "InputPathsMap for target 1 contains the reserved name aws.events.rule-arn.");
  EXPECT_EQ(refuse_input(transformed({{"a", "$.source"}}, R"({"a": <a>, "b": <b>})")),
            "InputTemplate for target 1 contains invalid placeholder <b>.");
  EXPECT_EQ(refuse_input(transformed({{"a", "$.source"}}, "<a> <aws.events.event>")), std::nullopt);
}

}  // namespace
}  // namespace everseal::events
