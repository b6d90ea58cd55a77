#include "services/events/scheduler.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "services/events/operations/delete_rule.h"
#include "services/events/operations/describe_rule.h"
#include "services/events/operations/disable_rule.h"
#include "services/events/operations/enable_rule.h"
#include "services/events/operations/list_rules.h"
#include "services/events/operations/remove_targets.h"
#include "services/events/test_world.h"

namespace everseal::events {
namespace {

using namespace std::chrono_literals;
using Texts = std::vector<std::string>;

// A world of 06:00:53 on 2026-04-06, a Monday, whose rule "tick" has the function "f" as its
// target.
struct Ticking : TestWorld {
  explicit Ticking(const std::string& expression = "rate(5 minutes)") {
    put(expression);
    put_target("tick", target("1", function("f")));
  }

  PutRule::Request request(const std::string& expression) const {
    PutRule::Request made;
    made.rule_name = "tick";
    made.schedule_expression = expression;
    return made;
  }
  Result<PutRule::Response, ApiError> try_put(const PutRule::Request& made) {
    return PutRule{*database, clock, random}(made, call);
  }
  void put(const std::string& expression) { need(try_put(request(expression))); }
  void disable() { need(DisableRule{*database, clock, random}({"tick", {}}, call)); }
  void enable() { need(EnableRule{*database, clock, random}({"tick", {}}, call)); }

  // The planned minutes that the functions were told of since this was last asked.
  Texts told() {
    Texts times;
    for (const auto& delivery : functions.taken)
      times.push_back(json::parse(delivery.event)->find("time")->text.substr(0, 16));
    functions.taken.clear();
    return times;
  }
  std::int64_t promised() {
    return rows("SELECT count(*) FROM jobs_job WHERE kind = 'events.fire'");
  }
};

TEST(Schedule, tells_the_targets_of_its_rule_of_each_planned_minute) {
  Ticking world;
  world.run_for(10min);
  ASSERT_EQ(world.functions.taken.size(), 2U);
  const auto& first = world.functions.taken.front();
  EXPECT_EQ(first.payload,
            R"({"version":"0","id":")" + first.event_id +
                R"(","detail-type":"Scheduled Event","source":"aws.events",)"
                R"("account":"111122223333","time":"2026-04-06T06:05:00Z","region":"us-east-1",)"
                R"("resources":["arn:aws:events:us-east-1:111122223333:rule/tick"],"detail":{}})");
  EXPECT_EQ(first.rule_arn, "arn:aws:events:us-east-1:111122223333:rule/tick");
  EXPECT_EQ(world.told(), (Texts{"2026-04-06T06:05", "2026-04-06T06:10"}));
  EXPECT_EQ(world.waiting(), 0);
}

TEST(Schedule, follows_a_cron_expression) {
  Ticking world("cron(30 7 ? * MON-FRI *)");
  world.run_for(24h * 7);
  EXPECT_EQ(world.told(), (Texts{"2026-04-06T07:30", "2026-04-07T07:30", "2026-04-08T07:30",
                                 "2026-04-09T07:30", "2026-04-10T07:30"}));
}

TEST(Schedule, is_no_event_for_other_rules) {
  Ticking world;
  world.put_rule("other", R"({"source":["aws.events"]})");
  world.put_target("other", TestWorld::target("1", TestWorld::function("g")));
  world.run_for(5min);
  ASSERT_EQ(world.functions.taken.size(), 1U);
  EXPECT_EQ(world.functions.taken.front().target_arn, TestWorld::function("f"));
}

TEST(Schedule, may_stand_beside_a_pattern) {
  Ticking world;
  auto both = world.request("rate(5 minutes)");
  both.event_pattern = R"({"source":["plant"]})";
  need(world.try_put(both));
  static_cast<TestWorld&>(world).put(R"({"n":1})");
  world.run_for(5min);
  EXPECT_EQ(world.details(), (Texts{R"({"n":1})", "{}"}));
}

TEST(Schedule, tells_every_target_what_its_input_says) {
  Ticking world;
  auto fixed = TestWorld::target("2", TestWorld::function("g"));
  fixed.input = R"({"sweep":true})";
  world.put_target("tick", fixed);
  world.run_for(5min);
  ASSERT_EQ(world.functions.taken.size(), 2U);
  EXPECT_EQ(world.functions.taken.back().payload, R"({"sweep":true})");
  EXPECT_EQ(world.functions.taken.front().event_id, world.functions.taken.back().event_id);
}

TEST(Schedule, goes_on_without_targets_and_keeps_nothing) {
  Ticking world;
  need(RemoveTargets{*world.database, world.clock, world.random}({"tick", {}, {"1"}, {}},
                                                                 world.call));
  world.run_for(11min);
  EXPECT_EQ(world.waiting(), 0);
  world.put_target("tick", TestWorld::target("1", TestWorld::function("f")));
  world.run_for(5min);
  EXPECT_EQ(world.told(), Texts{"2026-04-06T06:15"});
}

TEST(Schedule, rests_while_its_rule_is_disabled) {
  Ticking world;
  world.disable();
  EXPECT_EQ(world.promised(), 0);
  world.run_for(12min);
  EXPECT_EQ(world.told(), Texts{});
  world.enable();
  world.enable();
  world.run_for(5min);
  EXPECT_EQ(world.told(), Texts{"2026-04-06T06:17"});
  auto off = world.request("rate(5 minutes)");
  off.state = RuleState::Disabled;
  need(world.try_put(off));
  world.run_for(1h);
  EXPECT_EQ(world.told(), Texts{});
}

TEST(Schedule, that_is_changed_is_planned_anew) {
  Ticking world("rate(1 hour)");
  world.put("cron(10 6 * * ? *)");
  world.run_for(2h);
  EXPECT_EQ(world.told(), Texts{"2026-04-06T06:10"});
  auto pattern = world.request("");
  pattern.event_pattern = R"({"source":["plant"]})";
  need(world.try_put(pattern));
  EXPECT_EQ(world.promised(), 0);
  world.run_for(24h);
  EXPECT_EQ(world.told(), Texts{});
}

TEST(Schedule, that_is_put_again_keeps_its_beat) {
  Ticking world;
  world.run_for(4min);
  world.put("rate(5 minutes)");
  world.run_for(1min);
  EXPECT_EQ(world.told(), Texts{"2026-04-06T06:05"});
}

TEST(Schedule, ends_with_its_rule) {
  Ticking world;
  need(RemoveTargets{*world.database, world.clock, world.random}({"tick", {}, {"1"}, {}},
                                                                 world.call));
  need(DeleteRule{*world.database, world.clock, world.random}({"tick", {}, {}}, world.call));
  EXPECT_EQ(world.promised(), 0);
  EXPECT_EQ(world.rows("SELECT count(*) FROM events_plan"), 0);
  world.run_for(1h);
  EXPECT_EQ(world.told(), Texts{});
}

TEST(Schedule, that_has_no_minute_left_ends) {
  Ticking world("cron(10 6 6 4 ? 2026)");
  world.run_for(24h * 400);
  EXPECT_EQ(world.told(), Texts{"2026-04-06T06:10"});
  EXPECT_EQ(world.promised(), 0);
}

TEST(Schedule, is_kept_by_the_database) {
  Ticking world;
  Service again{{*world.database, world.clock, world.random, world.log, &world.queues}};
  again.add_targets(world.functions);
  jobs::Runner runner{*world.database, world.clock, world.log};
  again.handle_jobs(runner);
  const auto end = world.clock.now() + 5min;
  need(runner.run_until(end, [&](TimePoint now) -> Outcome {
    world.clock.set(now);
    return {};
  }));
  EXPECT_EQ(world.told(), Texts{"2026-04-06T06:05"});
}

TEST(Schedule, tells_once_of_what_was_missed_while_the_server_was_down) {
  Ticking world;
  world.clock.advance(3h);
  world.run();
  EXPECT_EQ(world.told(), Texts{"2026-04-06T06:05"});
  world.run_for(5min);
  EXPECT_EQ(world.told(), Texts{"2026-04-06T09:05"});
}

TEST(Schedule, waits_for_a_target_that_is_busy_without_losing_a_minute) {
  Ticking world;
  world.functions.answer = [](const Delivery&) { return TryAgain{"THROTTLING", "too much", {}}; };
  world.run_for(16min);
  world.functions.taken.clear();
  world.functions.answer = [](const Delivery&) { return DeliveryOutcome(Delivered{}); };
  world.run_for(8min);
  const auto told = world.told();
  ASSERT_GE(told.size(), 4U);
  EXPECT_EQ(Texts(told.begin(), told.begin() + 4), (Texts{"2026-04-06T06:05", "2026-04-06T06:10",
                                                          "2026-04-06T06:15", "2026-04-06T06:20"}));
}

TEST(Schedule, is_repeated_by_those_who_describe_its_rule) {
  Ticking world("cron(0 10 * * ? *)");
  const auto described = need(DescribeRule{*world.database}({"tick", {}}, world.call));
  EXPECT_EQ(described.schedule_expression, "cron(0 10 * * ? *)");
  EXPECT_EQ(described.event_pattern, std::nullopt);
  const auto listed = need(ListRules{*world.database}({}, world.call));
  ASSERT_EQ(listed.rules.size(), 1U);
  EXPECT_EQ(listed.rules.front().schedule_expression, "cron(0 10 * * ? *)");
}

TEST(Schedule, that_is_none_or_on_another_bus_is_refused) {
  Ticking world;
  for (const auto* text : {"rate(1 minutes)", "cron(0 10 * * * *)", "5 minutes"}) {
    EXPECT_EQ(error_of(world.try_put(world.request(text))),
              "ValidationException: Parameter ScheduleExpression is not valid.");
  }
  world.create_bus("plant");
  auto elsewhere = world.request("rate(5 minutes)");
  elsewhere.event_bus_name = "plant";
  EXPECT_EQ(error_of(world.try_put(elsewhere)),
            "ValidationException: ScheduleExpression is supported only on the default event bus.");
  EXPECT_EQ(
      error_of(world.try_put(world.request(""))),
      "ValidationException: Parameter(s) EventPattern or ScheduleExpression must be specified.");
}

}  // namespace
}  // namespace everseal::events
