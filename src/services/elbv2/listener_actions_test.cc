#include "services/elbv2/listener_test_world.h"
#include "services/elbv2/operations/delete_target_group.h"
#include "services/elbv2/operations/describe_target_groups.h"

namespace everseal::elbv2 {
namespace {

TEST_F(ListenerTest, forwards_and_says_so_in_both_forms) {
  auto request = http();
  request.default_actions = {TestWorld::forward(group)};
  const auto action = world.listen(request).default_actions[0];
  EXPECT_EQ(action.target_group_arn, group);
  EXPECT_EQ(action.forward_config->target_groups[0].target_group_arn, group);
  EXPECT_EQ(action.forward_config->target_groups[0].weight, 1);
  EXPECT_EQ(action.forward_config->target_group_stickiness_config->enabled, false);
  const auto found =
      need(DescribeTargetGroups{*world.database}({balancer, {}, {}, {}, {}}, world.call));
  EXPECT_EQ(found.target_groups[0].load_balancer_arns, Texts{balancer});
}

TEST_F(ListenerTest, forwards_by_weight) {
  const auto other = world.create_group("other").target_group_arn;
  auto request = http();
  request.default_actions = {{}};
  auto& forward = request.default_actions[0].forward_config.emplace();
  forward.target_groups = {{group, 10}, {other, 0}};
  forward.target_group_stickiness_config = {true, 60};
  const auto action = world.listen(request).default_actions[0];
  EXPECT_FALSE(action.target_group_arn);
  EXPECT_EQ(action.forward_config->target_groups[1].weight, 0);
  EXPECT_EQ(action.forward_config->target_group_stickiness_config->duration_seconds, 60);
}

TEST_F(ListenerTest, is_refused_forwards_that_lead_nowhere) {
  const auto with = [&](auto change) {
    auto action = TestWorld::forward(group);
    auto& forward = action.forward_config.emplace();
    change(action, forward);
    return refused_action(action);
  };
  const std::string bad = "InvalidLoadBalancerAction";
  EXPECT_EQ(refused_action({}), bad);
  EXPECT_EQ(refused_action(TestWorld::forward(group + "0")), "TargetGroupNotFound");
  EXPECT_EQ(with([&](auto&, auto& it) { it.target_groups = {{group + "0", 1}}; }), bad);
  EXPECT_EQ(with([&](auto&, auto& it) { it.target_groups = {{group, 1000}}; }), bad);
  EXPECT_EQ(with([&](auto&, auto& it) { it.target_groups = {{group, -1}}; }), bad);
  EXPECT_EQ(with([&](auto& action, auto& it) {
              action.target_group_arn.reset();
              it.target_groups = {{group, 1}, {group, 1}};
            }),
            bad);
  EXPECT_EQ(with([&](auto&, auto& it) { it.target_group_stickiness_config = {true, {}}; }), bad);
  EXPECT_EQ(with([&](auto&, auto& it) { it.target_group_stickiness_config = {true, 0}; }), bad);
  EXPECT_EQ(with([&](auto& action, auto&) { action.redirect_config.emplace(); }), bad);
}

TEST_F(ListenerTest, shares_no_target_group_with_another_load_balancer) {
  auto request = http();
  request.default_actions = {TestWorld::forward(group)};
  world.listen(request);
  request.load_balancer_arn = world.create("other").load_balancer_arn;
  EXPECT_EQ(refused(request), "TargetGroupAssociationLimit");
}

TEST_F(ListenerTest, forwards_grpc_over_tls_only) {
  auto made = TestWorld::group_request("grpc");
  made.protocol_version = "GRPC";
  const auto grpc = need(CreateTargetGroup{*world.database, world.random}(made, world.call));
  auto request = http();
  request.default_actions = {TestWorld::forward(grpc.target_groups[0].target_group_arn)};
  EXPECT_EQ(refused(request), "IncompatibleProtocols");
  auto encrypted = https();
  encrypted.default_actions = request.default_actions;
  world.listen(encrypted);
}

TEST_F(ListenerTest, redirects_what_it_does_not_say_to_where_it_was) {
  auto request = http();
  shapes::RedirectConfig config;
  config.protocol = "HTTPS";
  config.port = "443";
  request.default_actions = {TestWorld::redirect(config)};
  const auto said = *world.listen(request).default_actions[0].redirect_config;
  EXPECT_EQ(said.host, "#{host}");
  EXPECT_EQ(said.path, "/#{path}");
  EXPECT_EQ(said.query, "#{query}");
  EXPECT_EQ(said.status_code, RedirectStatus::Http301);
}

TEST_F(ListenerTest, is_refused_redirects_that_loop_or_weaken) {
  const auto with = [&](auto change) {
    shapes::RedirectConfig config;
    config.port = "8443";
    change(config);
    return refused_action(TestWorld::redirect(config));
  };
  const std::string bad = "InvalidLoadBalancerAction";
  EXPECT_EQ(with([](auto& it) { it.port.reset(); }), bad);
  EXPECT_EQ(with([](auto& it) { it.protocol = "HTTP"; }), bad);
  EXPECT_EQ(with([](auto& it) { it.port = "65536"; }), bad);
  EXPECT_EQ(with([](auto& it) { it.path = "there"; }), bad);
  EXPECT_EQ(with([](auto& it) { it.host = "a\r\nSet-Cookie: b"; }), bad);
  EXPECT_EQ(with([](auto&) {}), "(none)");
}

TEST_F(ListenerTest, answers_in_types_that_there_are) {
  auto action = TestWorld::fixed("200");
  action.fixed_response_config->content_type = "image/png";
  EXPECT_EQ(refused_action(action), "InvalidLoadBalancerAction");
  action.fixed_response_config->content_type.reset();
  action.fixed_response_config->message_body = "fine";
  auto request = http();
  request.default_actions = {action};
  EXPECT_EQ(world.listen(request).default_actions[0].fixed_response_config->content_type,
            "text/plain");
}

TEST_F(ListenerTest, does_one_thing_that_it_can) {
  auto request = http();
  request.default_actions = {};
  EXPECT_EQ(refused(request), "InvalidLoadBalancerAction");
  request.default_actions = {TestWorld::fixed("200"), TestWorld::fixed("404")};
  EXPECT_EQ(refused(request), "TooManyActions");
  request.default_actions = {TestWorld::fixed("200")};
  request.default_actions[0].type = ActionType::AuthenticateOidc;
  EXPECT_EQ(refused(request), "InvalidLoadBalancerAction");
}

TEST_F(ListenerTest, does_another_thing_when_told_so) {
  auto request = http();
  request.default_actions = {TestWorld::forward(group)};
  const auto arn = world.listen(request).listener_arn;
  const DeleteTargetGroup remove_group{*world.database};
  EXPECT_EQ(code_of(remove_group({group}, world.call)), "ResourceInUse");
  ModifyListener::Request change;
  change.listener_arn = arn;
  change.default_actions = {TestWorld::fixed("503")};
  EXPECT_EQ(need(modify(change)).listeners[0].default_actions[0].type, ActionType::FixedResponse);
  need(remove_group({group}, world.call));
}

}  // namespace
}  // namespace everseal::elbv2
