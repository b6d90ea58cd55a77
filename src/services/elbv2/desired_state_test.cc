#include "services/elbv2/desired_state.h"

#include <gtest/gtest.h>

#include "services/elbv2/attributes.h"
#include "services/elbv2/operations/add_listener_certificates.h"
#include "services/elbv2/operations/create_rule.h"
#include "services/elbv2/operations/deregister_targets.h"
#include "services/elbv2/operations/modify_target_group_attributes.h"
#include "services/elbv2/operations/register_targets.h"
#include "services/elbv2/test_world.h"

namespace everseal::elbv2 {
namespace {

class DesiredStateTest : public testing::Test {
 protected:
  DesiredState state(const std::string& region = "eu-west-1") {
    return need(world.database->read([&](sql::Snapshot& view) {
      return desired_state(view, "111122223333", region, world.clock.now());
    }));
  }
  void add_rule(const std::string& listener) {
    shapes::RuleCondition condition;
    condition.field = "path-pattern";
    condition.values = {"/api/*"};
    need(CreateRule{*world.database, world.random}(
        {listener, {condition}, 5, {TestWorld::forward(group)}, {}, {}}, world.call));
  }

  TestWorld world;
  const std::string balancer = world.create("edge").load_balancer_arn;
  const std::string group = world.create_group("api").target_group_arn;
};

TEST_F(DesiredStateTest, is_empty_where_there_is_nothing) {
  EXPECT_TRUE(state("eu-north-1").load_balancers.empty());
  EXPECT_EQ(need(world.database->read([](sql::Snapshot& view) { return scopes(view); })),
            (std::vector<Scope>{{"111122223333", "eu-west-1"}}));
}

TEST_F(DesiredStateTest, holds_all_that_a_data_plane_carries_out) {
  auto request = TestWorld::listener_request(balancer, 443);
  request.protocol = Protocol::Https;
  request.certificates = {{world.certificate("one"), {}}};
  request.mutual_authentication =
      shapes::MutualAuthentication{"verify", world.trust_store("devices"), {}, {}, {}};
  const auto listener = world.listen(request).listener_arn;
  need(AddListenerCertificates{*world.database, world.certificates}(
      {listener, {{world.certificate("two"), {}}}}, world.call));
  add_rule(listener);
  world.create_group("unused");
  const RegisterTargets add{*world.database, world.clock};
  need(add({group, {{"10.0.0.1", {}, {}}, {"10.0.0.2", {}, {}}}}, world.call));
  need(
      DeregisterTargets{*world.database, world.clock}({group, {{"10.0.0.2", {}, {}}}}, world.call));
  const auto now = state();
  ASSERT_EQ(now.load_balancers.size(), 1U);
  const auto& edge = now.load_balancers[0];
  EXPECT_EQ(value_of(edge.attributes, "idle_timeout.timeout_seconds"), "60");
  ASSERT_EQ(edge.listeners.size(), 1U);
  const auto& secure = edge.listeners[0];
  EXPECT_EQ(secure.listener.certificate_arn, world.certificate("one"));
  EXPECT_EQ(secure.further_certificates, std::vector{world.certificate("two")});
  EXPECT_EQ(secure.listener.mutual_authentication.trust_store_arn, world.trust_store("devices"));
  EXPECT_EQ(value_of(secure.attributes, "routing.http.response.server.enabled"), "true");
  ASSERT_EQ(secure.rules.size(), 2U);
  EXPECT_EQ(secure.rules[0].conditions[0].path_pattern_config->values[0], "/api/*");
  EXPECT_TRUE(secure.rules[1].is_default());
  ASSERT_EQ(now.target_groups.size(), 1U) << "those that are used";
  EXPECT_EQ(now.target_groups[0].group.arn, group);
  ASSERT_EQ(now.target_groups[0].targets.size(), 2U);
  EXPECT_FALSE(now.target_groups[0].targets[0].deregistered_at);
  EXPECT_EQ(now.target_groups[0].targets[1].deregistered_at, world.clock.now());
}

TEST_F(DesiredStateTest, is_told_of_after_every_change) {
  int heard = 0;
  const auto listening = on_change(*world.database, [&] { ++heard; });
  const auto once = [&](auto change) {
    const int before = heard;
    change();
    return heard - before;
  };
  std::string listener;
  EXPECT_EQ(
      once([&] { listener = world.listen(TestWorld::listener_request(balancer)).listener_arn; }),
      1);
  EXPECT_EQ(once([&] { add_rule(listener); }), 1);
  EXPECT_EQ(once([&] {
              need(RegisterTargets{*world.database, world.clock}({group, {{"10.0.0.1", {}, {}}}},
                                                                 world.call));
            }),
            1);
  EXPECT_EQ(once([&] {
              need(ModifyTargetGroupAttributes{*world.database}(
                  {group, {{"stickiness.enabled", "true"}}}, world.call));
            }),
            1);
  EXPECT_EQ(
      once([&] { EXPECT_FALSE(world.try_listen(TestWorld::listener_request(balancer + "0"))); }),
      0);
}

}  // namespace
}  // namespace everseal::elbv2
