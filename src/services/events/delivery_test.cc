#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "services/events/operations/disable_rule.h"
#include "services/events/operations/remove_targets.h"
#include "services/events/test_world.h"

namespace everseal::events {
namespace {

using namespace std::chrono_literals;
using Texts = std::vector<std::string>;

DeliveryOutcome busy(const Delivery&) { return TryAgain{"THROTTLING", "too much", {}}; }

// A world whose rule "press" has the function "f" as its target.
struct OneTarget : TestWorld {
  explicit OneTarget(std::optional<shapes::RetryPolicy> policy = {}, const std::string& dead = "") {
    put_rule("press");
    auto made = target("1", function("f"));
    made.retry_policy = policy;
    if (!dead.empty()) made.dead_letter_config = shapes::DeadLetterConfig{queue(dead)};
    put_target("press", made);
  }
};

std::string attribute(const DeadLetter& letter, std::string_view name) {
  for (const auto& [key, value] : letter.attributes) {
    if (key == name) return value;
  }
  return "(none)";
}

TEST(Delivery, an_event_reaches_the_target_of_a_rule_that_wants_it_whole) {
  OneTarget world;
  const auto id = world.put(R"({"state": 3.0e2})", {TestWorld::certificate("a")});
  world.run();
  ASSERT_EQ(world.functions.taken.size(), 1U);
  const auto& taken = world.functions.taken.front();
  EXPECT_EQ(taken.payload,
            R"({"version":"0","id":")" + id +
                R"(","detail-type":"Press","source":"plant","account":"111122223333",)"
                R"("time":"2026-04-06T06:00:53Z","region":"us-east-1",)"
                R"("resources":["arn:aws:acm:us-east-1:111122223333:certificate/a"],)"
                R"("detail":{"state":3.0e2}})");
  EXPECT_EQ(taken.event_id, id);
  EXPECT_EQ(taken.rule_arn, "arn:aws:events:us-east-1:111122223333:rule/press");
  EXPECT_EQ(taken.target_arn, TestWorld::function("f"));
  EXPECT_EQ(world.waiting(), 0);
}

TEST(Delivery, every_target_of_every_rule_that_wants_it_hears_of_an_event) {
  TestWorld world;
  for (const auto* rule : {"a", "b", "c"}) {
    world.put_rule(
        rule, std::string(rule) == "c" ? R"({"source":["other"]})" : R"({"source":["plant"]})");
    for (const auto* id : {"1", "2"})
      world.put_target(rule, TestWorld::target(id, TestWorld::function(rule + std::string(id))));
  }
  world.put();
  world.run();
  std::set<std::string> arns;
  for (const auto& delivery : world.functions.taken) arns.insert(delivery.target_arn);
  EXPECT_EQ(arns, (std::set<std::string>{TestWorld::function("a1"), TestWorld::function("a2"),
                                         TestWorld::function("b1"), TestWorld::function("b2")}));
  EXPECT_EQ(world.functions.taken.size(), 4U);
}

TEST(Delivery, an_event_that_nobody_wants_leaves_nothing_behind) {
  TestWorld world;
  world.put();
  EXPECT_EQ(world.waiting(), 0);  // no rule at all: not even a row
  world.put_rule("other", R"({"source":["other"]})");
  world.put();
  EXPECT_EQ(world.waiting(), 1);
  world.run();
  EXPECT_EQ(world.waiting(), 0);
}

TEST(Delivery, an_event_leaves_with_the_change_or_not_at_all) {
  OneTarget world;
  const Event event{.id = "e-1",
                    .bus = {"111122223333", "us-east-1", "default"},
                    .source = "plant",
                    .detail_type = "Press",
                    .time = world.clock.now(),
                    .resources = {},
                    .detail = "{}"};
  const auto undone = world.database->write([&](sql::Transaction& tx) -> Outcome {
    need(put(tx, event, world.clock.now()));
    return Fault::conflict("the change was refused");
  });
  EXPECT_FALSE(undone);
  world.run();
  EXPECT_TRUE(world.functions.taken.empty());
  need(world.database->write(
      [&](sql::Transaction& tx) { return put(tx, event, world.clock.now()); }));
  world.run();
  ASSERT_EQ(world.functions.taken.size(), 1U);
  EXPECT_EQ(world.functions.taken.front().event_id, "e-1");
}

TEST(Delivery, a_detail_that_is_no_object_is_not_put) {
  OneTarget world;
  for (const auto* detail : {"", "[1]", "{", "\"x\""}) {
    const auto done = world.database->write([&](sql::Transaction& tx) {
      return put(tx,
                 Event{.id = "e",
                       .bus = {"111122223333", "us-east-1", "default"},
                       .source = "plant",
                       .detail_type = "Press",
                       .time = world.clock.now(),
                       .resources = {},
                       .detail = detail},
                 world.clock.now());
    });
    EXPECT_FALSE(done) << detail;
  }
}

TEST(Delivery, events_about_one_resource_arrive_in_their_order_also_when_the_first_fails) {
  OneTarget world;
  int calls = 0;
  world.functions.answer = [&](const Delivery&) -> DeliveryOutcome {
    if (++calls == 1) return TryAgain{"TIMEOUT", "slow", {}};
    return Delivered{};
  };
  for (const auto* detail : {R"({"n":1})", R"({"n":2})", R"({"n":3})"})
    world.put(detail, {TestWorld::certificate("a")});
  world.run();
  EXPECT_EQ(world.details(), Texts{R"({"n":1})"});
  world.run_for(10s);
  EXPECT_EQ(world.details(), (Texts{R"({"n":1})", R"({"n":1})", R"({"n":2})", R"({"n":3})"}));
}

TEST(Delivery, a_poison_event_holds_up_only_what_is_about_its_resource) {
  OneTarget world;
  world.functions.answer = [](const Delivery& delivery) -> DeliveryOutcome {
    if (delivery.event.find("poison") != std::string::npos) return busy(delivery);
    return Delivered{};
  };
  world.put(R"({"n":"poison"})", {TestWorld::certificate("a")});
  world.put(R"({"n":2})", {TestWorld::certificate("a")});
  world.put(R"({"n":3})", {TestWorld::certificate("b")});
  world.put(R"({"n":4})");
  world.put(R"({"n":5})");
  world.run();
  const auto details = world.details();
  const std::set<std::string> heard(details.begin(), details.end());
  EXPECT_EQ(heard,
            (std::set<std::string>{R"({"n":"poison"})", R"({"n":3})", R"({"n":4})", R"({"n":5})"}));
  world.run_for(25h);  // its day is over
  EXPECT_EQ(world.details().back(), R"({"n":2})");
  EXPECT_EQ(world.waiting(), 0);
}

TEST(Delivery, a_dead_target_does_not_hold_up_another_target_of_the_same_rule) {
  OneTarget world;
  world.put_target("press", TestWorld::target("2", TestWorld::function("dead")));
  world.functions.answer = [](const Delivery& delivery) -> DeliveryOutcome {
    if (delivery.target_arn.ends_with("dead")) return busy(delivery);
    return Delivered{};
  };
  world.put(R"({"n":1})", {TestWorld::certificate("a")});
  world.put(R"({"n":2})", {TestWorld::certificate("a")});
  world.run();
  Texts alive;
  for (const auto& delivery : world.functions.taken) {
    if (delivery.target_arn.ends_with(":f")) alive.push_back(delivery.event_id);
  }
  EXPECT_EQ(alive.size(), 2U);
}

TEST(Delivery, a_target_that_was_down_for_an_hour_gets_the_same_event_id_in_the_end) {
  OneTarget world;
  const auto back = world.clock.now() + 1h;
  world.functions.answer = [&](const Delivery& delivery) -> DeliveryOutcome {
    if (world.clock.now() < back) return busy(delivery);
    return Delivered{};
  };
  const auto id = world.put("{}", {TestWorld::certificate("a")});
  world.run_for(2h);
  ASSERT_GT(world.functions.taken.size(), 5U);
  for (const auto& delivery : world.functions.taken) EXPECT_EQ(delivery.event_id, id);
  EXPECT_EQ(world.waiting(), 0);
  EXPECT_TRUE(world.queues.letters.empty());
  EXPECT_TRUE(world.was_logged("events.delivery.postponed"));
}

TEST(Delivery, a_new_event_does_not_shorten_the_pause_of_one_that_waits) {
  OneTarget world;
  world.functions.answer = [](const Delivery&) -> DeliveryOutcome {
    return TryAgain{"THROTTLING", "later", 10min};
  };
  world.put(R"({"n":1})", {TestWorld::certificate("a")});
  world.run();
  world.put(R"({"n":2})", {TestWorld::certificate("a")});
  world.run_for(9min);
  EXPECT_EQ(world.functions.taken.size(), 1U);
  world.run_for(2min);
  EXPECT_EQ(world.functions.taken.size(), 2U);
}

TEST(Delivery, waits_as_long_as_the_target_asks_for) {
  OneTarget world;
  std::vector<TimePoint> times;
  world.functions.answer = [&](const Delivery&) -> DeliveryOutcome {
    times.push_back(world.clock.now());
    if (times.size() < 3) return TryAgain{"THROTTLING", "429", 90s};
    return Delivered{};
  };
  world.put();
  world.run_for(1h);
  ASSERT_EQ(times.size(), 3U);
  EXPECT_EQ(times[1] - times[0], 90s);
  EXPECT_EQ(times[2] - times[1], 90s);
}

TEST(Delivery, pauses_double_up_to_eight_minutes_and_a_day_has_185_attempts_at_most) {
  OneTarget world({}, "dead");
  std::vector<TimePoint> times;
  world.functions.answer = [&](const Delivery& delivery) {
    times.push_back(world.clock.now());
    return busy(delivery);
  };
  world.put();
  world.run_for(25h);
  ASSERT_GT(times.size(), 150U);
  EXPECT_LE(times.size(), 186U);
  EXPECT_GE(times[1] - times[0], 800ms);
  EXPECT_LE(times[1] - times[0], 1s);
  EXPECT_GE(times[4] - times[3], 6400ms);
  EXPECT_LE(times[4] - times[3], 8s);
  EXPECT_GE(times[100] - times[99], 384s);
  EXPECT_LE(times[100] - times[99], 480s);
  ASSERT_EQ(world.queues.letters.size(), 1U);
  EXPECT_EQ(world.waiting(), 0);
}

TEST(Delivery, after_the_last_attempt_the_event_is_a_dead_letter) {
  OneTarget world(shapes::RetryPolicy{2, {}}, "dead");
  world.functions.answer = busy;
  const auto id = world.put("{}", {TestWorld::certificate("a")});
  world.run_for(1h);
  EXPECT_EQ(world.functions.taken.size(), 3U);
  ASSERT_EQ(world.queues.letters.size(), 1U);
  const auto& letter = world.queues.letters.front();
  EXPECT_EQ(json::parse(letter.body)->find("id")->text, id);
  EXPECT_EQ(attribute(letter, "RULE_ARN"), "arn:aws:events:us-east-1:111122223333:rule/press");
  EXPECT_EQ(attribute(letter, "TARGET_ARN"), TestWorld::function("f"));
  EXPECT_EQ(attribute(letter, "ERROR_CODE"), "THROTTLING");
  EXPECT_EQ(attribute(letter, "ERROR_MESSAGE"), "too much");
  EXPECT_EQ(attribute(letter, "EXHAUSTED_RETRY_CONDITION"), "MaximumRetryAttempts");
  EXPECT_EQ(attribute(letter, "RETRY_ATTEMPTS"), "2");
  EXPECT_EQ(world.waiting(), 0);
}

TEST(Delivery, without_retries_the_first_failure_is_the_last) {
  OneTarget world(shapes::RetryPolicy{0, {}}, "dead");
  world.functions.answer = busy;
  world.put();
  world.run();
  EXPECT_EQ(world.functions.taken.size(), 1U);
  ASSERT_EQ(world.queues.letters.size(), 1U);
  EXPECT_EQ(attribute(world.queues.letters.front(), "RETRY_ATTEMPTS"), "0");
}

TEST(Delivery, an_event_that_is_too_old_is_a_dead_letter_at_that_moment) {
  OneTarget world(shapes::RetryPolicy{{}, 60}, "dead");
  world.functions.answer = busy;
  world.put();
  world.run_for(59s);
  EXPECT_TRUE(world.queues.letters.empty());
  world.run_for(1s);
  ASSERT_EQ(world.queues.letters.size(), 1U);
  EXPECT_EQ(attribute(world.queues.letters.front(), "EXHAUSTED_RETRY_CONDITION"),
            "MaximumEventAgeInSeconds");
}

TEST(Delivery, what_can_never_work_is_not_tried_again) {
  OneTarget world({}, "dead");
  world.functions.answer = [](const Delivery&) -> DeliveryOutcome {
    return Refused{"NO_RESOURCE", "no such function"};
  };
  world.put();
  world.run_for(1h);
  EXPECT_EQ(world.functions.taken.size(), 1U);
  ASSERT_EQ(world.queues.letters.size(), 1U);
  EXPECT_EQ(attribute(world.queues.letters.front(), "ERROR_CODE"), "NO_RESOURCE");
  EXPECT_EQ(attribute(world.queues.letters.front(), "EXHAUSTED_RETRY_CONDITION"), "(none)");
}

TEST(Delivery, without_a_queue_or_with_one_that_is_gone_the_log_has_what_was_lost) {
  OneTarget without(shapes::RetryPolicy{0, {}}), gone(shapes::RetryPolicy{0, {}}, "gone");
  for (auto* world : {&without, &gone}) {
    world->functions.answer = busy;
    const auto id = world->put();
    world->run();
    EXPECT_TRUE(world->was_logged("events.not_delivered"));
    EXPECT_TRUE(world->was_logged(id));
    EXPECT_TRUE(world->was_logged(R"("kept_in_queue":false)"));
    EXPECT_EQ(world->waiting(), 0);
  }
}

TEST(Delivery, a_crash_after_the_target_took_it_repeats_it_with_the_same_id) {
  OneTarget world;
  const auto id = world.put();
  int calls = 0;
  world.functions.answer = [&](const Delivery&) -> DeliveryOutcome {
    if (++calls == 1) throw std::runtime_error("the machine is gone before the row is");
    return Delivered{};
  };
  world.run_for(1h);
  ASSERT_EQ(world.functions.taken.size(), 2U);
  EXPECT_EQ(world.functions.taken[0].event_id, id);
  EXPECT_EQ(world.functions.taken[1].event_id, id);
  EXPECT_EQ(world.waiting(), 0);
}

TEST(Delivery, what_was_put_before_a_restart_is_delivered_after_it) {
  OneTarget world;
  world.put();
  Service again({*world.database, world.clock, world.random, world.log, &world.queues});
  TestFunctions functions;
  again.add_targets(functions);
  jobs::Runner runner(*world.database, world.clock, world.log);
  again.handle_jobs(runner);
  need(runner.run_until(world.clock.now(), [](TimePoint) -> Outcome { return {}; }));
  EXPECT_EQ(functions.taken.size(), 1U);
  EXPECT_TRUE(world.functions.taken.empty());
}

TEST(Delivery, what_waits_for_a_target_goes_with_it) {
  OneTarget world;
  world.functions.answer = busy;
  world.put("{}", {TestWorld::certificate("a")});
  world.run();
  EXPECT_GT(world.waiting(), 0);
  need(RemoveTargets{*world.database, world.clock, world.random}({"press", {}, {"1"}, {}},
                                                                 world.call));
  EXPECT_EQ(world.waiting(), 0);
  world.run_for(1h);
  EXPECT_EQ(world.functions.taken.size(), 1U);
}

TEST(Delivery, a_rule_counts_as_it_is_when_the_event_is_matched) {
  OneTarget world;
  world.put();
  world.run();
  need(DisableRule{*world.database, world.clock, world.random}({"press", {}}, world.call));
  world.put();
  world.run();
  EXPECT_EQ(world.functions.taken.size(), 1U);
  world.put_rule("press", R"({"source":["other"]})");
  world.put();
  world.run();
  EXPECT_EQ(world.functions.taken.size(), 1U);
  world.put_rule("press");
  world.put();
  world.run();
  EXPECT_EQ(world.functions.taken.size(), 2U);
}

TEST(Delivery, hundreds_of_events_at_once_all_arrive) {
  OneTarget world;
  std::set<std::string> ids;
  for (int i = 0; i < 120; ++i) ids.insert(world.put("{}", {TestWorld::certificate("a")}));
  world.run();
  std::set<std::string> heard;
  for (const auto& delivery : world.functions.taken) heard.insert(delivery.event_id);
  EXPECT_EQ(heard, ids);
  EXPECT_EQ(world.waiting(), 0);
}

TEST(BusTarget, passes_an_event_on_with_its_id) {
  TestWorld world;
  world.create_bus("plant");
  world.put_rule("forward");
  world.put_target("forward", TestWorld::target("1", TestWorld::bus("plant")));
  world.put_rule("press", R"({"source":["plant"]})", "plant");
  world.put_target("press", TestWorld::target("1", TestWorld::function("f")), "plant");
  const auto id = world.put(R"({"n":1})", {TestWorld::certificate("a")});
  world.run();
  ASSERT_EQ(world.functions.taken.size(), 1U);
  EXPECT_EQ(world.functions.taken.front().event_id, id);
  EXPECT_EQ(world.functions.taken.front().rule_arn,
            "arn:aws:events:us-east-1:111122223333:rule/plant/press");
  EXPECT_EQ(world.waiting(), 0);
}

TEST(BusTarget, events_do_not_go_round_without_end) {
  TestWorld world;
  world.put_rule("round");
  world.put_target("round", TestWorld::target("1", TestWorld::bus("default")));
  world.put_target("round", TestWorld::target("2", TestWorld::function("f")));
  world.put();
  world.run();
  EXPECT_EQ(world.functions.taken.size(), 1U + BusTarget::most_hops);
  EXPECT_EQ(world.waiting(), 0);
  EXPECT_TRUE(world.was_logged("LOOP"));
}

TEST(BusTarget, takes_no_event_that_has_come_by_as_many_functions) {
  TestWorld world;
  world.create_bus("plant");
  world.put_rule("forward");
  world.put_target("forward", TestWorld::target("1", TestWorld::bus("plant")));
  world.put_target("forward", TestWorld::target("2", TestWorld::function("f")));
  world.put_rule("press", R"({"source":["plant"]})", "plant");
  world.put_target("press", TestWorld::target("1", TestWorld::function("g")), "plant");
  const auto hops_heard = [&](int hops) {
    world.functions.taken.clear();
    world.put_after(hops);
    world.run();
    std::multiset<int> heard;
    for (const auto& delivery : world.functions.taken) heard.insert(delivery.hops);
    return heard;
  };
  EXPECT_EQ(hops_heard(4), (std::multiset<int>{4, 5}));
  EXPECT_FALSE(world.was_logged("LOOP"));
  EXPECT_EQ(hops_heard(5), (std::multiset<int>{5}));
  EXPECT_TRUE(world.was_logged("LOOP"));
}

TEST(BusTarget, a_bus_that_is_gone_or_of_another_account_refuses) {
  TestWorld world;
  world.put_rule("forward");
  auto to_gone = TestWorld::target("1", TestWorld::bus("gone"));
  to_gone.dead_letter_config = shapes::DeadLetterConfig{TestWorld::queue("dead")};
  auto to_other = to_gone;
  to_other.id = "2";
  to_other.arn = "arn:aws:events:us-east-1:999999999999:event-bus/default";
  world.put_target("forward", to_gone);
  world.put_target("forward", to_other);
  world.put();
  world.run();
  std::set<std::string> codes;
  for (const auto& letter : world.queues.letters) codes.insert(attribute(letter, "ERROR_CODE"));
  EXPECT_EQ(codes, (std::set<std::string>{"NO_RESOURCE", "NO_PERMISSIONS"}));
}

}  // namespace
}  // namespace everseal::events
