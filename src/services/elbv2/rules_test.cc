#include <gtest/gtest.h>

#include "services/elbv2/identifiers.h"
#include "services/elbv2/operations/create_rule.h"
#include "services/elbv2/operations/delete_rule.h"
#include "services/elbv2/operations/delete_target_group.h"
#include "services/elbv2/operations/describe_rules.h"
#include "services/elbv2/operations/modify_rule.h"
#include "services/elbv2/operations/set_rule_priorities.h"
#include "services/elbv2/test_world.h"

namespace everseal::elbv2 {
namespace {

using Texts = std::vector<std::string>;

shapes::RuleCondition values(const std::string& field, Texts values) {
  shapes::RuleCondition condition;
  condition.field = field;
  condition.values = std::move(values);
  return condition;
}

shapes::RuleCondition header(const std::string& name, Texts values) {
  shapes::RuleCondition condition;
  condition.field = "http-header";
  condition.http_header_config = shapes::HttpHeaderConfig{name, std::move(values), {}};
  return condition;
}

shapes::RuleCondition query(std::vector<shapes::QueryStringPair> pairs) {
  shapes::RuleCondition condition;
  condition.field = "query-string";
  condition.query_string_config = shapes::QueryStringConfig{std::move(pairs)};
  return condition;
}

class RuleTest : public testing::Test {
 protected:
  auto try_create(std::int64_t priority, std::vector<shapes::RuleCondition> conditions,
                  std::vector<shapes::Action> actions = {TestWorld::fixed("200")}) {
    return CreateRule{*world.database, world.random}(
        {listener, std::move(conditions), priority, std::move(actions), {}, {}}, world.call);
  }
  shapes::Rule create(std::int64_t priority) {
    return need(try_create(priority, {values("path-pattern", {"/a"})})).rules[0];
  }
  std::string refused(std::vector<shapes::RuleCondition> conditions) {
    return code_of(try_create(7, std::move(conditions)));
  }
  Texts priorities() {
    Texts all;
    for (const auto& rule : describe().rules) all.push_back(rule.priority);
    return all;
  }
  DescribeRules::Response describe() {
    return need(DescribeRules{*world.database}({listener, {}, {}, {}}, world.call));
  }
  auto move(std::vector<SetRulePriorities::Pair> pairs) {
    return SetRulePriorities{*world.database}({std::move(pairs)}, world.call);
  }

  TestWorld world;
  const std::string balancer = world.create("edge").load_balancer_arn;
  const std::string listener = world.listen(TestWorld::listener_request(balancer)).listener_arn;
};

TEST_F(RuleTest, stands_by_priority_before_the_default_one) {
  create(50000);
  create(9);
  const auto made = create(10);
  EXPECT_TRUE(made.rule_arn.starts_with(
      "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/edge/"));
  EXPECT_EQ(made.priority, "10");
  EXPECT_FALSE(made.is_default);
  EXPECT_EQ(priorities(), (Texts{"9", "10", "50000", "default"}));
  const auto last = describe().rules.back();
  EXPECT_TRUE(last.is_default);
  EXPECT_EQ(last.actions[0].fixed_response_config->status_code, "404");
  const DescribeRules list{*world.database};
  const auto first = need(list({listener, {}, {}, 2}, world.call));
  const auto rest = need(list({listener, {}, first.next_marker, 2}, world.call));
  EXPECT_EQ(rest.rules[0].priority, "50000");
  EXPECT_FALSE(rest.next_marker);
  EXPECT_EQ(need(list({{}, {made.rule_arn}, {}, {}}, world.call)).rules[0].priority, "10");
  EXPECT_EQ(code_of(list({{}, {}, {}, {}}, world.call)), "ValidationError");
  EXPECT_EQ(code_of(list({{}, {made.rule_arn + "0"}, {}, {}}, world.call)), "RuleNotFound");
}

TEST_F(RuleTest, has_its_priority_alone) {
  create(10);
  EXPECT_EQ(code_of(try_create(10, {values("path-pattern", {"/b"})})), "PriorityInUse");
}

TEST_F(RuleTest, is_one_of_a_hundred) {
  for (int priority = 1; priority <= 100; ++priority) create(priority);
  EXPECT_EQ(code_of(try_create(101, {values("path-pattern", {"/a"})})), "TooManyRules");
}

TEST_F(RuleTest, shows_values_and_configuration) {
  shapes::RuleCondition by_config;
  by_config.path_pattern_config = shapes::ValuesConfig{{"/img/*"}, {}};
  const auto rule =
      need(try_create(1, {values("host-header", {"*.example.com"}), by_config})).rules[0];
  EXPECT_EQ(rule.conditions[0].host_header_config->values, Texts{"*.example.com"});
  EXPECT_EQ(rule.conditions[0].values, Texts{"*.example.com"});
  EXPECT_EQ(rule.conditions[1].field, "path-pattern");
  EXPECT_EQ(rule.conditions[1].values, Texts{"/img/*"});
  EXPECT_EQ(describe().rules[0].conditions, rule.conditions);
}

TEST_F(RuleTest, looks_at_all_of_a_request) {
  const auto rule =
      need(
          try_create(1, {header("X-Env", {"prod*"}), values("http-request-method", {"PUT"}),
                         query({{"v", "1?"}, {{}, "debug"}}), values("source-ip", {"10.0.0.0/8"})}))
          .rules[0];
  EXPECT_EQ(rule.conditions[0].http_header_config->http_header_name, "X-Env");
  EXPECT_EQ(rule.conditions[1].http_request_method_config->values, Texts{"PUT"});
  EXPECT_EQ(rule.conditions[2].query_string_config->values[0].key, "v");
  EXPECT_FALSE(rule.conditions[2].query_string_config->values[1].key);
  EXPECT_EQ(rule.conditions[3].source_ip_config->values, Texts{"10.0.0.0/8"});
}

TEST_F(RuleTest, is_refused_values_that_do_not_suit) {
  const std::string long_value(129, 'a');
  const std::vector<std::vector<shapes::RuleCondition>> bad{
      {},
      {values("cookie", {"a"})},
      {values("path-pattern", {})},
      {values("path-pattern", {"/a b"})},
      {values("path-pattern", {"/a{b}"})},
      {values("path-pattern", {long_value})},
      {values("host-header", {"localhost"})},
      {values("host-header", {"a.b1"})},
      {values("host-header", {"a_b.com"})},
      {values("http-request-method", {"get"})},
      {values("http-request-method", {"*"})},
      {values("source-ip", {"10.0.0.1"})},
      {values("source-ip", {"10.0.0.0/33"})},
      {values("source-ip", {"10.0.0.0/-1"})},
      {values("source-ip", {"2001:db8::/129"})},
      {values("http-header", {"a"})},
      {header("Host", {"a.com"})},
      {header("hOST", {"a.com"})},
      {header("X Env", {"a"})},
      {header("", {"a"})},
      {header("X-Env", {"a\r\nb"})},
      {header("X-Env", {})},
      {query({})},
      {query({{"a", {}}})},
      {query({{"a", long_value}})}};
  for (std::size_t i = 0; i < bad.size(); ++i) EXPECT_EQ(refused(bad[i]), "ValidationError") << i;
  EXPECT_EQ(refused({values("source-ip", {"2001:db8::/32", "0.0.0.0/0"})}), "(none)");
}

TEST_F(RuleTest, is_refused_addresses_with_something_behind_them) {
  const std::string nul("10.0.0.1\0x/8", 12);
  EXPECT_EQ(refused({values("source-ip", {nul})}), refused({values("source-ip", {"10.0.0.1x/8"})}));
  EXPECT_EQ(refused({values("source-ip", {nul})}), "ValidationError");
}

TEST_F(RuleTest, is_refused_regular_expressions_and_contradictions) {
  auto condition = values("path-pattern", {"/a"});
  condition.regex_values = {"^/a"};
  EXPECT_EQ(refused({condition}), "ValidationError");
  condition = values("path-pattern", {"/a"});
  condition.path_pattern_config = shapes::ValuesConfig{{"/b"}, {}};
  EXPECT_EQ(refused({condition}), "ValidationError");
  condition = values("path-pattern", {"/a"});
  condition.host_header_config = shapes::ValuesConfig{{"a.com"}, {}};
  EXPECT_EQ(refused({condition}), "ValidationError");
}

TEST_F(RuleTest, is_refused_transforms_rather_than_rid_of_them) {
  const CreateRule create_rule{*world.database, world.random};
  EXPECT_EQ(code_of(create_rule({listener,
                                 {values("path-pattern", {"/a"})},
                                 1,
                                 {TestWorld::fixed("200")},
                                 {},
                                 {{"url-rewrite"}}},
                                world.call)),
            "ValidationError");
  EXPECT_EQ(priorities(), Texts{"default"});
}

TEST_F(RuleTest, has_some_fields_once_and_five_values) {
  const auto path = values("path-pattern", {"/a"});
  EXPECT_EQ(refused({path, path}), "ValidationError");
  EXPECT_EQ(refused({values("path-pattern", {"/1", "/2", "/3"}), header("X-A", {"4", "5", "6"})}),
            "ValidationError");
  EXPECT_EQ(refused({values("path-pattern", {"/*/*/*/*"}), header("X-A", {"***"})}),
            "ValidationError");
  EXPECT_EQ(refused({query({{"a", "\\*\\*\\*\\*"}, {"b", "******"}})}), "(none)");
  EXPECT_EQ(code_of(try_create(8, {header("X-A", {"1"}), header("X-A", {"2"})})), "(none)");
}

TEST_F(RuleTest, keeps_its_target_group_in_use) {
  const auto group = world.create_group("api").target_group_arn;
  const auto rule =
      need(try_create(1, {values("path-pattern", {"/a"})}, {TestWorld::forward(group)})).rules[0];
  EXPECT_EQ(code_of(DeleteTargetGroup{*world.database}({group}, world.call)), "ResourceInUse");
  need(DeleteRule{*world.database}({rule.rule_arn}, world.call));
  need(DeleteTargetGroup{*world.database}({group}, world.call));
  EXPECT_EQ(priorities(), Texts{"default"});
}

TEST_F(RuleTest, is_modified_in_what_is_said) {
  const auto rule = create(1);
  const ModifyRule modify{*world.database};
  auto now =
      need(modify({rule.rule_arn, {values("path-pattern", {"/b"})}, {}, {}}, world.call)).rules[0];
  EXPECT_EQ(now.conditions[0].values, Texts{"/b"});
  EXPECT_EQ(now.actions, rule.actions);
  now = need(modify({rule.rule_arn, {}, {TestWorld::fixed("503")}, {}}, world.call)).rules[0];
  EXPECT_EQ(now.conditions[0].values, Texts{"/b"});
  EXPECT_EQ(now.actions[0].fixed_response_config->status_code, "503");
  EXPECT_EQ(now.priority, "1");
}

TEST_F(RuleTest, is_the_listeners_own_if_it_is_the_default_one) {
  const auto arn = describe().rules[0].rule_arn;
  EXPECT_EQ(code_of(DeleteRule{*world.database}({arn}, world.call)), "OperationNotPermitted");
  EXPECT_EQ(code_of(ModifyRule{*world.database}({arn, {}, {}, {}}, world.call)),
            "OperationNotPermitted");
  EXPECT_EQ(code_of(move({{arn, 1}})), "OperationNotPermitted");
}

TEST_F(RuleTest, changes_places_in_one_step) {
  const auto one = create(1).rule_arn, two = create(2).rule_arn;
  create(3);
  EXPECT_EQ(code_of(move({{one, 2}, {two, 3}})), "PriorityInUse");
  EXPECT_EQ(describe().rules[0].rule_arn, one) << "all or none";
  const auto moved = need(move({{one, 2}, {two, 1}}));
  EXPECT_EQ(moved.rules[0].priority, "2");
  EXPECT_EQ(describe().rules[0].rule_arn, two);
  EXPECT_EQ(code_of(move({{one + "0", 9}})), "RuleNotFound");
  EXPECT_EQ(code_of(move({})), "ValidationError");
}

TEST_F(RuleTest, asks_for_the_right_on_each_rule_that_is_moved) {
  const auto access =
      SetRulePriorities{*world.database}.access({{{"arn:a", 1}, {"arn:b", 2}}}, world.call);
  EXPECT_EQ(access.resources, Texts{"arn:a"});
  ASSERT_EQ(access.also.size(), 1U);
  EXPECT_EQ(access.also[0].action, "elasticloadbalancing:SetRulePriorities");
  EXPECT_EQ(access.also[0].resources, Texts{"arn:b"});
}

TEST_F(RuleTest, is_made_with_tags_by_whoever_may_add_them) {
  const auto access = CreateRule{*world.database, world.random}.access(
      {listener, {}, 1, {}, {{"team", "pki"}}, {}}, world.call);
  EXPECT_EQ(tagging_of(access),
            "elasticloadbalancing:AddTags " + rule_arn(listener, "*") + " by CreateRule of team");
}

TEST_F(RuleTest, is_hidden_from_other_accounts) {
  const auto arn = create(1).rule_arn;
  const auto stranger = TestWorld::as("999988887777");
  EXPECT_EQ(code_of(DeleteRule{*world.database}({arn}, stranger)), "RuleNotFound");
  EXPECT_EQ(code_of(DescribeRules{*world.database}({listener, {}, {}, {}}, stranger)),
            "ListenerNotFound");
}

}  // namespace
}  // namespace everseal::elbv2
