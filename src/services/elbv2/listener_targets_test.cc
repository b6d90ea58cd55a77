#include "services/elbv2/listener_test_world.h"
#include "services/elbv2/operations/deregister_targets.h"
#include "services/elbv2/operations/describe_target_health.h"
#include "services/elbv2/operations/register_targets.h"

namespace everseal::elbv2 {
namespace {

TEST_F(ListenerTest, lets_targets_begin_and_drain) {
  auto request = http();
  request.default_actions = {TestWorld::forward(group)};
  world.listen(request);
  const shapes::TargetDescription target{"10.0.0.1", 8080, {}};
  need(RegisterTargets{*world.database, world.clock}({group, {target}}, world.call));
  const auto reason = [&] {
    const DescribeTargetHealth health{*world.database, world.clock, nullptr};
    const auto all = need(health({group, {target}}, world.call)).target_health_descriptions;
    EXPECT_EQ(all.size(), 1U);
    return *all[0].target_health.reason;
  };
  EXPECT_EQ(reason(), "Elb.RegistrationInProgress");
  need(DeregisterTargets{*world.database, world.clock}({group, {target}}, world.call));
  EXPECT_EQ(reason(), "Target.DeregistrationInProgress");
  world.clock.advance(std::chrono::seconds(299));
  EXPECT_EQ(reason(), "Target.DeregistrationInProgress");
  world.clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(reason(), "Target.NotRegistered");
  need(RegisterTargets{*world.database, world.clock}({group, {target}}, world.call));
  EXPECT_EQ(reason(), "Elb.RegistrationInProgress");
}

TEST_F(ListenerTest, has_a_thousand_targets_in_all_groups_of_its_load_balancer) {
  auto request = http();
  request.default_actions = {TestWorld::forward(group)};
  world.listen(request);
  const auto other = world.create_group("other").target_group_arn;
  request = http(81);
  request.default_actions = {TestWorld::forward(other)};
  const auto second = world.listen(request).listener_arn;
  const RegisterTargets add{*world.database, world.clock};
  std::vector<shapes::TargetDescription> many;
  for (int port = 1; port <= 1000; ++port) many.push_back({"10.0.0.1", port, {}});
  need(add({group, many}, world.call));
  EXPECT_EQ(code_of(add({other, {{"10.0.0.2", 80, {}}}}, world.call)), "TooManyTargets");
  need(world.database->write([&](sql::Transaction& tx) {
    return add_target(tx, other, Target{"10.0.0.2", 80, {}, world.clock.now(), {}});
  }));
  ModifyListener::Request change;
  change.listener_arn = second;
  change.port = 82;
  need(modify(change));
  change.default_actions = {TestWorld::forward(other)};
  EXPECT_EQ(code_of(modify(change)), "TooManyTargets") << "only where it says what it does";
}

TEST_F(ListenerTest, keeps_no_more_targets_that_drain_than_live) {
  auto request = http();
  request.default_actions = {TestWorld::forward(group)};
  world.listen(request);
  const RegisterTargets add{*world.database, world.clock};
  const DeregisterTargets remove_targets{*world.database, world.clock};
  const auto thousand = [](const std::string& address) {
    std::vector<shapes::TargetDescription> many;
    for (int port = 1; port <= 1000; ++port) many.push_back({address, port, {}});
    return many;
  };
  need(add({group, thousand("10.0.0.1")}, world.call));
  need(remove_targets({group, thousand("10.0.0.1")}, world.call));
  need(add({group, thousand("10.0.0.2")}, world.call));
  need(remove_targets({group, {{"10.0.0.2", 1, {}}}}, world.call));
  EXPECT_EQ(code_of(add({group, {{"10.0.0.3", 1, {}}}}, world.call)), "TooManyTargets");
  world.clock.advance(std::chrono::seconds(300));
  need(remove_targets({group, {{"10.0.0.2", 2, {}}}}, world.call));
  EXPECT_EQ(need(world.database->read(
                [&](sql::Snapshot& view) { return count_kept_targets(view, group); })),
            999)
      << "those that have drained are forgotten";
  need(add({group, {{"10.0.0.3", 1, {}}}}, world.call));
}

}  // namespace
}  // namespace everseal::elbv2
