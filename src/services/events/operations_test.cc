#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/events/operations/delete_event_bus.h"
#include "services/events/operations/delete_rule.h"
#include "services/events/operations/describe_event_bus.h"
#include "services/events/operations/describe_rule.h"
#include "services/events/operations/enable_rule.h"
#include "services/events/operations/list_event_buses.h"
#include "services/events/operations/list_rule_names_by_target.h"
#include "services/events/operations/list_rules.h"
#include "services/events/operations/list_tags_for_resource.h"
#include "services/events/operations/list_targets_by_rule.h"
#include "services/events/operations/remove_targets.h"
#include "services/events/operations/tag_resource.h"
#include "services/events/operations/test_event_pattern.h"
#include "services/events/operations/untag_resource.h"
#include "services/events/test_world.h"

namespace everseal::events {
namespace {

using Texts = std::vector<std::string>;

PutRule::Request rule_request(const std::string& name) {
  PutRule::Request request;
  request.rule_name = name;
  request.event_pattern = R"({"source":["plant"]})";
  return request;
}

// --- Buses

TEST(EventBuses, the_default_one_is_always_there) {
  TestWorld world;
  const auto described = need(DescribeEventBus{*world.database}({}, world.call));
  EXPECT_EQ(described.bus_name, "default");
  EXPECT_EQ(described.arn, TestWorld::bus("default"));
  EXPECT_EQ(error_of(DeleteEventBus{*world.database}({"default"}, world.call)),
            "ValidationException: Cannot delete event bus default.");
}

TEST(EventBuses, are_made_listed_and_deleted) {
  TestWorld world;
  for (const auto* name : {"zeta", "alpha", "beta"}) world.create_bus(name);
  const ListEventBuses list{*world.database};
  Texts names;
  std::optional<std::string> token;
  do {
    const auto page = need(list({{}, token, 2}, world.call));
    for (const auto& bus : page.event_buses) names.push_back(bus.bus_name);
    token = page.next_token;
  } while (token);
  EXPECT_EQ(names, (Texts{"alpha", "beta", "default", "zeta"}));
  EXPECT_EQ(need(list({"be", {}, {}}, world.call)).event_buses.size(), 1U);
  EXPECT_EQ(error_of(list({{}, "nonsense", {}}, world.call)),
            "ValidationException: The NextToken is not one of this list.");
  need(DeleteEventBus{*world.database}({"beta"}, world.call));
  need(DeleteEventBus{*world.database}({"beta"}, world.call));
  EXPECT_EQ(error_of(DescribeEventBus{*world.database}({"beta"}, world.call)),
            "ResourceNotFoundException: Event bus beta does not exist.");
}

TEST(EventBuses, of_a_name_that_is_taken_or_for_partners_are_refused) {
  TestWorld world;
  world.create_bus("plant");
  const CreateEventBus create{*world.database, world.clock};
  CreateEventBus::Request request;
  request.bus_name = "plant";
  EXPECT_EQ(error_of(create(request, world.call)),
            "ResourceAlreadyExistsException: Event bus plant already exists.");
  request.bus_name = "default";
  EXPECT_EQ(error_of(create(request, world.call)),
            "ResourceAlreadyExistsException: Event bus default already exists.");
  request.bus_name = "aws.partner/x";
  EXPECT_EQ(error_of(create(request, world.call)),
            "ValidationException: Partner event buses are not supported by Everseal.");
}

TEST(EventBuses, with_rules_are_not_deleted) {
  TestWorld world;
  world.create_bus("plant");
  world.put_rule("press", R"({"source":["plant"]})", "plant");
  EXPECT_EQ(error_of(DeleteEventBus{*world.database}({"plant"}, world.call)),
            "ValidationException: Event bus can't be deleted since it has rules.");
  need(DeleteRule{*world.database, world.clock, world.random}({"press", "plant", {}}, world.call));
  need(DeleteEventBus{*world.database}({"plant"}, world.call));
}

TEST(EventBuses, of_other_accounts_and_regions_are_not_found) {
  TestWorld world;
  const DescribeEventBus describe{*world.database};
  EXPECT_EQ(
      error_of(describe({"arn:aws:events:us-east-1:999999999999:event-bus/default"}, world.call)),
      "ResourceNotFoundException: Event bus default does not exist.");
  EXPECT_EQ(
      error_of(describe({"arn:aws:events:eu-west-1:111122223333:event-bus/default"}, world.call)),
      "ResourceNotFoundException: Event bus default does not exist.");
  EXPECT_EQ(error_of(describe({TestWorld::bus("default")}, world.call)), "none");
}

// --- Rules

TEST(PutRule, replaces_a_rule_wholly) {
  TestWorld world;
  const PutRule put{*world.database, world.clock, world.random};
  auto request = rule_request("press");
  request.description = "first";
  request.state = RuleState::Disabled;
  request.role_arn = "arn:aws:iam::111122223333:role/r";
  EXPECT_EQ(need(put(request, world.call)).rule_arn,
            "arn:aws:events:us-east-1:111122223333:rule/press");
  const DescribeRule describe{*world.database};
  auto rule = need(describe({"press", {}}, world.call));
  EXPECT_EQ(rule.description, "first");
  EXPECT_EQ(rule.state, RuleState::Disabled);
  EXPECT_EQ(rule.role_arn, request.role_arn);
  EXPECT_EQ(rule.event_bus_name, "default");
  EXPECT_EQ(rule.created_by, "111122223333");
  need(put(rule_request("press"), world.call));
  rule = need(describe({"press", {}}, world.call));
  EXPECT_EQ(rule.description, std::nullopt);
  EXPECT_EQ(rule.state, RuleState::Enabled);
  EXPECT_EQ(rule.role_arn, std::nullopt);
}

TEST(PutRule, says_what_is_wrong_with_a_pattern) {
  TestWorld world;
  const PutRule put{*world.database, world.clock, world.random};
  auto request = rule_request("press");
  request.event_pattern = R"({"source":"aws.ec2"})";
  EXPECT_EQ(
      error_of(put(request, world.call)),
      "InvalidEventPatternException: Event pattern is not valid. Reason: \"source\" must be an "
      "object or an array\n at [Source: (String)\"{\"source\":\"aws.ec2\"}\"; line: 1, column: "
      "12]");
  request.event_pattern = std::nullopt;
  EXPECT_EQ(
      error_of(put(request, world.call)),
      "ValidationException: Parameter(s) EventPattern or ScheduleExpression must be specified.");
}

TEST(PutRule, needs_its_bus) {
  TestWorld world;
  auto request = rule_request("press");
  request.event_bus_name = "plant";
  EXPECT_EQ(error_of(PutRule{*world.database, world.clock, world.random}(request, world.call)),
            "ResourceNotFoundException: Event bus plant does not exist.");
}

TEST(PutRule, keeps_the_targets_and_tags_of_the_rule_that_it_replaces) {
  TestWorld world;
  const PutRule put{*world.database, world.clock, world.random};
  auto request = rule_request("press");
  request.tags = {{"team", "pki"}};
  const auto arn = need(put(request, world.call)).rule_arn;
  world.put_target("press", TestWorld::target("1", TestWorld::function("f")));
  request.tags = {{"team", "other"}};
  need(put(request, world.call));
  EXPECT_EQ(
      need(ListTargetsByRule{*world.database}({"press", {}, {}, {}}, world.call)).targets.size(),
      1U);
  const auto tags = need(ListTagsForResource{*world.database}({arn}, world.call)).tags;
  ASSERT_EQ(tags.size(), 1U);
  EXPECT_EQ(tags.front().value, "pki");
}

TEST(Rules, are_listed_by_name_and_prefix_in_pages) {
  TestWorld world;
  world.create_bus("plant");
  for (const auto* name : {"c", "a1", "a2", "b"}) world.put_rule(name);
  world.put_rule("a3", R"({"source":["plant"]})", "plant");
  const ListRules list{*world.database};
  Texts names;
  std::optional<std::string> token;
  do {
    const auto page = need(list({{}, {}, token, 3}, world.call));
    for (const auto& rule : page.rules) names.push_back(rule.rule_name);
    token = page.next_token;
  } while (token);
  EXPECT_EQ(names, (Texts{"a1", "a2", "b", "c"}));
  EXPECT_EQ(need(list({"a", {}, {}, {}}, world.call)).rules.size(), 2U);
  const auto of_plant = need(list({{}, "plant", {}, {}}, world.call)).rules;
  ASSERT_EQ(of_plant.size(), 1U);
  EXPECT_EQ(of_plant.front().arn, "arn:aws:events:us-east-1:111122223333:rule/plant/a3");
}

TEST(Rules, are_deleted_once_they_have_no_targets) {
  TestWorld world;
  world.put_rule("press");
  world.put_target("press", TestWorld::target("1", TestWorld::function("f")));
  const DeleteRule remove{*world.database, world.clock, world.random};
  EXPECT_EQ(error_of(remove({"press", {}, {}}, world.call)),
            "ValidationException: Rule can't be deleted since it has targets.");
  need(RemoveTargets{*world.database, world.clock, world.random}({"press", {}, {"1"}, {}},
                                                                 world.call));
  need(remove({"press", {}, {}}, world.call));
  need(remove({"press", {}, {}}, world.call));
  EXPECT_EQ(error_of(DescribeRule{*world.database}({"press", {}}, world.call)),
            "ResourceNotFoundException: Rule press does not exist on EventBus default.");
}

TEST(Rules, that_are_not_there_are_not_enabled) {
  TestWorld world;
  EXPECT_EQ(error_of(EnableRule{*world.database, world.clock, world.random}({"x", {}}, world.call)),
            "ResourceNotFoundException: Rule x does not exist on EventBus default.");
}

// --- Targets

TEST(PutTargets, gives_back_what_it_was_given) {
  TestWorld world;
  world.put_rule("press");
  auto target = TestWorld::target("1", TestWorld::function("f"));
  target.role_arn = "arn:aws:iam::111122223333:role/r";
  target.input_transformer = shapes::InputTransformer{{{"a", "$.source"}}, R"({"a": <a>})"};
  target.retry_policy = shapes::RetryPolicy{3, 120};
  target.dead_letter_config = shapes::DeadLetterConfig{TestWorld::queue("dead")};
  world.put_target("press", target);
  const auto targets =
      need(ListTargetsByRule{*world.database}({"press", {}, {}, {}}, world.call)).targets;
  ASSERT_EQ(targets.size(), 1U);
  const auto& stored = targets.front();
  EXPECT_EQ(stored.arn, target.arn);
  EXPECT_EQ(stored.role_arn, target.role_arn);
  EXPECT_EQ(stored.input_transformer->input_paths_map, target.input_transformer->input_paths_map);
  EXPECT_EQ(stored.input_transformer->input_template, target.input_transformer->input_template);
  EXPECT_EQ(stored.retry_policy->maximum_retry_attempts, 3);
  EXPECT_EQ(stored.retry_policy->maximum_event_age_in_seconds, 120);
  EXPECT_EQ(stored.dead_letter_config->arn, TestWorld::queue("dead"));
  EXPECT_EQ(stored.input, std::nullopt);
}

TEST(PutTargets, takes_five_and_replaces_one_of_the_same_id) {
  TestWorld world;
  world.put_rule("press");
  for (const auto* id : {"1", "2", "3", "4", "5", "5"})
    world.put_target("press", TestWorld::target(id, TestWorld::function("f")));
  EXPECT_EQ(error_of(world.try_target("press", TestWorld::target("6", TestWorld::function("f")))),
            "LimitExceededException: The requested resource exceeds the maximum number allowed.");
  EXPECT_EQ(
      need(ListTargetsByRule{*world.database}({"press", {}, {}, {}}, world.call)).targets.size(),
      5U);
}

TEST(PutTargets, refuses_what_could_never_be_delivered_to) {
  TestWorld world;
  world.put_rule("press");
  EXPECT_EQ(error_of(world.try_target("press", TestWorld::target("1", "here"))),
            "ValidationException: Parameter Arn is not valid for target 1. Reason: Provided Arn is "
            "not in correct format.");
  EXPECT_EQ(
      error_of(world.try_target(
          "press", TestWorld::target("1", "arn:aws:kinesis:us-east-1:111122223333:stream/x"))),
      "ValidationException: Parameter Arn is not valid for target 1. Reason: Targets of kinesis "
      "are not supported by Everseal.");
  auto with_input = TestWorld::target("1", TestWorld::bus("default"));
  with_input.input = "{}";
  EXPECT_EQ(
      error_of(world.try_target("press", with_input)),
      "ValidationException: Input, InputPath and InputTransformer are not supported for target "
      "1.");
  auto bad_queue = TestWorld::target("1", TestWorld::function("f"));
  bad_queue.dead_letter_config = shapes::DeadLetterConfig{"arn:aws:sns:us-east-1:111122223333:x"};
  EXPECT_EQ(
      error_of(world.try_target("press", bad_queue)),
      "ValidationException: Parameter DeadLetterConfig.Arn is not valid for target 1. Reason: "
      "Provided Arn is not that of a queue.");
  EXPECT_EQ(error_of(world.try_target("gone", TestWorld::target("1", TestWorld::function("f")))),
            "ResourceNotFoundException: Rule gone does not exist on EventBus default.");
}

TEST(RemoveTargets, names_the_ids_that_are_not_there) {
  TestWorld world;
  world.put_rule("press");
  world.put_target("press", TestWorld::target("1", TestWorld::function("f")));
  const RemoveTargets remove{*world.database, world.clock, world.random};
  const auto answer = need(remove({"press", {}, {"1", "2"}, {}}, world.call));
  EXPECT_EQ(answer.failed_entry_count, 1);
  ASSERT_EQ(answer.failed_entries.size(), 1U);
  EXPECT_EQ(answer.failed_entries.front().target_id, "2");
  EXPECT_EQ(answer.failed_entries.front().error_code, "ResourceNotFoundException");
}

TEST(ListRuleNamesByTarget, finds_the_rules_of_a_target_in_pages) {
  TestWorld world;
  for (const auto* rule : {"a", "b", "c", "d"}) {
    world.put_rule(rule);
    world.put_target(rule, TestWorld::target("1", TestWorld::function(*rule == 'd' ? "g" : "f")));
    world.put_target(rule, TestWorld::target("2", TestWorld::function(*rule == 'd' ? "g" : "f")));
  }
  const ListRuleNamesByTarget list{*world.database};
  Texts names;
  std::optional<std::string> token;
  do {
    const auto page = need(list({TestWorld::function("f"), {}, token, 2}, world.call));
    names.insert(names.end(), page.rule_names.begin(), page.rule_names.end());
    token = page.next_token;
  } while (token);
  EXPECT_EQ(names, (Texts{"a", "b", "c"}));
}

// --- Events

TEST(PutEvents, answers_for_each_entry_in_its_place) {
  TestWorld world;
  auto no_source = TestWorld::entry(), no_type = TestWorld::entry(), of_aws = TestWorld::entry(),
       elsewhere = TestWorld::entry();
  no_source.source = std::nullopt;
  no_type.detail_type = "";
  of_aws.source = "aws.acm";
  elsewhere.event_bus_name = "nowhere";
  const auto answer =
      world.put_all({TestWorld::entry(), no_source, no_type, of_aws, TestWorld::entry("[1]"),
                     TestWorld::entry("{"), TestWorld::entry(""), elsewhere, TestWorld::entry()});
  Texts codes;
  for (const auto& entry : answer.entries)
    codes.push_back(entry.event_id ? "put" : entry.error_code.value_or("?"));
  EXPECT_EQ(codes, (Texts{"put", "InvalidArgument", "InvalidArgument",
                          "NotAuthorizedForSourceException", "MalformedDetail", "MalformedDetail",
                          "InvalidArgument", "ResourceNotFoundException", "put"}));
  EXPECT_EQ(answer.failed_entry_count, 7);
  EXPECT_EQ(answer.entries[1].error_message,
            "Parameter Source is not valid. Reason: Source is a required argument.");
  EXPECT_EQ(answer.entries[3].error_message, "Not authorized for the source.");
  EXPECT_EQ(answer.entries[4].error_message, "Detail is malformed.");
}

TEST(PutEvents, takes_256_kilobytes) {
  TestWorld world;
  const PutEvents put{*world.database, world.clock, world.random};
  const auto of_size = [](std::size_t octets) {
    return TestWorld::entry(R"({"a":")" + std::string(octets - 18, 'x') + R"("})");
  };
  EXPECT_EQ(error_of(put({{of_size(256 * 1024)}, {}}, world.call)), "none");
  EXPECT_EQ(error_of(put({{of_size(256 * 1024 + 1)}, {}}, world.call)),
            "ValidationException: Total size of the entries in the request is over the limit.");
}

TEST(PutEvents, keeps_the_time_of_the_entry) {
  TestWorld world;
  world.put_rule("press");
  world.put_target("press", TestWorld::target("1", TestWorld::function("f")));
  auto entry = TestWorld::entry();
  entry.time = *parse_iso8601("2020-01-01T00:00:00Z");
  world.put_all({entry});
  world.run();
  ASSERT_EQ(world.functions.taken.size(), 1U);
  EXPECT_EQ(json::parse(world.functions.taken[0].event)->find("time")->text,
            "2020-01-01T00:00:00Z");
}

TEST(PutEvents, needs_the_right_to_every_bus_that_it_names) {
  TestWorld world;
  auto other = TestWorld::entry();
  other.event_bus_name = "plant";
  const PutEvents put{*world.database, world.clock, world.random};
  EXPECT_EQ(put.access({{TestWorld::entry(), other, other}, {}}, world.call).resources,
            (Texts{TestWorld::bus("default"), TestWorld::bus("plant")}));
}

TEST(TestEventPattern, says_whether_it_matches_and_wants_a_whole_event) {
  TestWorld world;
  const TestEventPattern test{};
  const std::string event =
      R"({"id":"1","account":"111122223333","source":"plant","time":"2026-04-06T06:00:53Z",)"
      R"("region":"us-east-1","resources":[],"detail-type":"Press","detail":{"n":1}})";
  EXPECT_TRUE(need(test({R"({"detail":{"n":[1]}})", event}, world.call)).result);
  EXPECT_FALSE(need(test({R"({"detail":{"n":[2]}})", event}, world.call)).result);
  EXPECT_EQ(error_of(test({R"({"a":[1]})", R"({"id":"1"})"}, world.call)),
            "ValidationException: Parameter Event is not valid.");
  EXPECT_EQ(error_of(test({"{", event}, world.call)),
            "InvalidEventPatternException: Event pattern is not valid. Reason: Invalid JSON");
}

// --- Tags

TEST(Tags, of_buses_and_rules_are_added_replaced_and_removed) {
  TestWorld world;
  world.create_bus("plant");
  world.put_rule("press", R"({"source":["plant"]})", "plant");
  for (const auto& arn : {TestWorld::bus("plant"), TestWorld::bus("default"),
                          std::string("arn:aws:events:us-east-1:111122223333:rule/plant/press")}) {
    need(TagResource{*world.database}({arn, {{"a", "1"}, {"b", "2"}}}, world.call));
    need(TagResource{*world.database}({arn, {{"a", "3"}}}, world.call));
    need(UntagResource{*world.database}({arn, {"b", "c"}}, world.call));
    const auto tags = need(ListTagsForResource{*world.database}({arn}, world.call)).tags;
    ASSERT_EQ(tags.size(), 1U) << arn;
    EXPECT_EQ(tags.front().value, "3");
  }
}

TEST(Tags, that_are_reserved_or_given_twice_and_those_of_nothing_are_refused) {
  TestWorld world;
  const TagResource tag{*world.database};
  EXPECT_EQ(error_of(tag({TestWorld::bus("default"), {{"aws:x", "1"}}}, world.call)),
            "ValidationException: Tag keys that begin with aws: are reserved.");
  EXPECT_EQ(error_of(tag({TestWorld::bus("default"), {{"a", "1"}, {"A", "2"}}}, world.call)),
            "ValidationException: Duplicate tag key: A");
  EXPECT_EQ(error_of(tag({TestWorld::bus("gone"), {{"a", "1"}}}, world.call)),
            "ResourceNotFoundException: Resource " + TestWorld::bus("gone") + " does not exist.");
  EXPECT_EQ(error_of(ListTagsForResource{*world.database}({"x"}, world.call)),
            "ResourceNotFoundException: Resource x does not exist.");
}

}  // namespace
}  // namespace everseal::events
