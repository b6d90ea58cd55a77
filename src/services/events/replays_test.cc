#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "services/events/archive_test_world.h"
#include "services/events/operations/disable_rule.h"

namespace everseal::events {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::seconds;

using Texts = std::vector<std::string>;

// An archive of everything, and a function that hears everything.
struct HeardWorld : ArchiveWorld {
  HeardWorld() {
    create_archive("all");
    put_rule("hear");
    put_target("hear", target("1", function("f")));
  }
  void let_take(bool takes) {
    functions.answer = [takes](const Delivery&) {
      return takes ? DeliveryOutcome(Delivered{}) : TryAgain{"THROTTLING", "busy"};
    };
  }
  void put_many(int tens) {
    for (int i = 0; i < tens; ++i) put_all(std::vector<PutEvents::Entry>(10, entry()));
  }
};

TEST(Replay, delivers_what_was_kept_once_more_with_its_id_and_the_name_of_the_replay) {
  HeardWorld world;
  const auto id = world.put(R"({"n":1})", {TestWorld::certificate("a")});
  world.run();
  EXPECT_EQ(world.replayed(), Texts{id + " none"});
  world.start_replay("again");
  EXPECT_EQ(world.state_of("again"), "STARTING");
  world.run();
  ASSERT_EQ(world.functions.taken.size(), 1);
  EXPECT_EQ(world.functions.taken.front().event,
            R"({"version":"0","id":")" + id +
                R"(","detail-type":"Press","source":"plant","account":"111122223333",)"
                R"("time":"2026-04-06T06:00:53Z","region":"us-east-1","resources":[")" +
                TestWorld::certificate("a") + R"("],"detail":{"n":1},"replay-name":"again"})");
}

TEST(Replay, tells_how_far_it_has_come) {
  HeardWorld world;
  const auto started = world.clock.now();
  world.put();
  world.clock.advance(minutes{5});
  world.put();
  auto request = world.replay_request("again");
  request.description = "after the fire";
  request.destination.filter_arns = {ArchiveWorld::rule("hear")};
  need(world.try_start(request));
  world.run();
  const auto replay = world.describe_replay("again");
  EXPECT_EQ(replay.replay_arn, "arn:aws:events:us-east-1:111122223333:replay/again");
  EXPECT_EQ(replay.description, "after the fire");
  EXPECT_EQ(aws::name_of(replay.state), "COMPLETED");
  EXPECT_EQ(replay.event_source_arn, ArchiveWorld::archive("all"));
  EXPECT_EQ(replay.destination.arn, TestWorld::bus("default"));
  EXPECT_EQ(replay.destination.filter_arns, Texts{ArchiveWorld::rule("hear")});
  EXPECT_EQ(replay.event_start_time, request.event_start_time);
  EXPECT_EQ(replay.event_end_time, request.event_end_time);
  EXPECT_EQ(replay.event_last_replayed_time, started + minutes{5});
  EXPECT_EQ(replay.replay_start_time, started + minutes{5});
  EXPECT_EQ(replay.replay_end_time, started + minutes{5});
}

TEST(Replay, takes_the_events_of_its_time_by_their_own_times_and_in_that_order) {
  HeardWorld world;
  const auto noon = *parse_iso8601("2026-04-06T12:00:00Z");
  std::vector<std::string> ids;
  for (const auto offset : {0, 30, 10, -1, 20, 31}) {
    auto entry = TestWorld::entry("{}", {TestWorld::certificate("a")});
    entry.time = noon + seconds{offset};
    ids.push_back(*world.put_all({entry}).entries.front().event_id);
  }
  world.run();
  world.replayed();
  auto request = world.replay_request("window");
  request.event_start_time = noon + std::chrono::milliseconds{500};
  request.event_end_time = noon + seconds{30};
  need(world.try_start(request));
  world.run();
  EXPECT_EQ(world.replayed(), (Texts{ids[0] + " window", ids[2] + " window", ids[4] + " window",
                                     ids[1] + " window"}));
}

TEST(Replay, is_not_kept_again_by_any_archive) {
  HeardWorld world;
  world.create_bus("other");
  world.put_target("hear", TestWorld::target("2", TestWorld::bus("other")));
  auto request = ArchiveWorld::archive_request("of-other");
  request.event_source_arn = TestWorld::bus("other");
  need(world.try_create(request));
  world.put();
  world.run();
  world.start_replay("again");
  world.run();
  EXPECT_EQ(world.kept_by("all"), 1);
  EXPECT_EQ(world.kept_by("of-other"), 1);
}

TEST(Replay, goes_to_rules_as_they_are_now_and_only_if_they_want_the_event) {
  HeardWorld world;
  const auto id = world.put();
  world.put_rule("new");
  world.put_target("new", TestWorld::target("1", TestWorld::function("new")));
  world.put_rule("mill", R"({"source":["mill"]})");
  world.put_target("mill", TestWorld::target("1", TestWorld::function("mill")));
  need(DisableRule{*world.database, world.clock, world.random}({"hear", {}}, world.call));
  world.run();
  world.functions.taken.clear();
  world.start_replay("again");
  world.run();
  ASSERT_EQ(world.functions.taken.size(), 1);
  EXPECT_EQ(world.functions.taken.front().target_arn, TestWorld::function("new"));
}

TEST(Replay, goes_to_the_rules_that_it_names_and_to_no_other) {
  HeardWorld world;
  world.put_rule("second");
  world.put_target("second", TestWorld::target("1", TestWorld::function("second")));
  world.put();
  world.run();
  world.functions.taken.clear();
  auto request = world.replay_request("again");
  request.destination.filter_arns = {ArchiveWorld::rule("second")};
  need(world.try_start(request));
  world.run();
  ASSERT_EQ(world.functions.taken.size(), 1);
  EXPECT_EQ(world.functions.taken.front().target_arn, TestWorld::function("second"));
}

TEST(Replay, leaves_alone_what_is_kept_after_its_start) {
  HeardWorld world;
  const auto id = world.put();
  world.run();
  world.replayed();
  // Who hears a replay may cause events of its time; it must come to an end all the same.
  world.start_replay("again");
  world.put();
  world.run();
  const auto heard = world.replayed();
  EXPECT_EQ(std::ranges::count(heard, id + " again"), 1);
  EXPECT_EQ(heard.size(), 2);
}

TEST(Replay, of_many_events_delivers_each_of_them_once) {
  HeardWorld world;
  world.put_many(17);
  world.run();
  EXPECT_EQ(world.replayed().size(), 170);
  world.start_replay("again");
  world.run_for(minutes{1});
  auto heard = world.replayed();
  EXPECT_EQ(heard.size(), 170);
  std::ranges::sort(heard);
  EXPECT_EQ(std::ranges::unique(heard).size(), 0);
  EXPECT_EQ(world.state_of("again"), "COMPLETED");
  EXPECT_EQ(world.waiting(), 0);
}

TEST(Replay, of_thousands_of_events_ends_though_the_clock_stands_still) {
  ArchiveWorld world;
  world.create_archive("all");
  for (int i = 0; i < 525; ++i)
    world.put_all(std::vector<PutEvents::Entry>(10, ArchiveWorld::entry()));
  world.start_replay("again");
  world.run();
  EXPECT_EQ(world.state_of("again"), "COMPLETED");
}

TEST(Replay, holds_back_while_its_targets_do_not_take_what_it_has_sent) {
  HeardWorld world;
  world.put_many(25);
  world.run();
  world.let_take(false);
  world.start_replay("again");
  world.run_for(seconds{2});
  EXPECT_EQ(world.state_of("again"), "RUNNING");
  EXPECT_EQ(world.rows("SELECT count(*) FROM events_event"), 200);
  world.let_take(true);
  world.run_for(minutes{2});
  EXPECT_EQ(world.state_of("again"), "COMPLETED");
  EXPECT_EQ(world.waiting(), 0);
}

TEST(Replay, can_be_cancelled_and_says_so) {
  HeardWorld world;
  world.put_many(10);
  world.run();
  world.replayed();
  world.start_replay("again");
  const auto cancelled = need(world.cancel("again"));
  EXPECT_EQ(cancelled.replay_arn, "arn:aws:events:us-east-1:111122223333:replay/again");
  EXPECT_EQ(aws::name_of(cancelled.state), "CANCELLING");
  EXPECT_EQ(world.state_of("again"), "CANCELLING");
  world.run();
  EXPECT_EQ(world.state_of("again"), "CANCELLED");
  EXPECT_EQ(world.replayed(), Texts{});
  EXPECT_EQ(error_of(world.cancel("again")),
            "IllegalStatusException: Replay again is not in a valid state for this operation.");
}

TEST(Replay, that_is_cancelled_on_its_way_sends_nothing_more) {
  HeardWorld world;
  world.put_many(25);
  world.run();
  world.let_take(false);
  world.start_replay("again");
  world.run();
  world.functions.taken.clear();
  need(world.cancel("again"));
  world.let_take(true);
  world.run_for(minutes{1});
  EXPECT_EQ(world.state_of("again"), "CANCELLED");
  EXPECT_EQ(world.replayed().size(), 200);
}

TEST(Replay, fails_when_its_archive_is_deleted) {
  HeardWorld world;
  world.put();
  world.start_replay("again");
  world.delete_archive("all");
  world.run();
  const auto replay = world.describe_replay("again");
  EXPECT_EQ(aws::name_of(replay.state), "FAILED");
  EXPECT_EQ(replay.state_reason, "The archive was deleted.");
  EXPECT_TRUE(world.was_logged("events.replay.ended"));
}

TEST(Replay, is_forgotten_90_days_after_its_end) {
  HeardWorld world;
  world.put();
  world.start_replay("again");
  world.run_for(days{89});
  EXPECT_EQ(world.state_of("again"), "COMPLETED");
  world.run_for(days{1});
  EXPECT_EQ(error_of(DescribeReplay{*world.database}({"again"}, world.call)),
            "ResourceNotFoundException: Replay again does not exist.");
  EXPECT_EQ(world.rows("SELECT count(*) FROM events_replayed_event"), 0);
  world.start_replay("again");
}

TEST(StartReplay, refuses_what_is_not_an_archive_of_the_bus) {
  HeardWorld world;
  world.create_bus("other");
  auto request = world.replay_request("r", "nothing");
  EXPECT_EQ(error_of(world.try_start(request)),
            "ValidationException: Parameter EventSourceArn is not valid. Reason: Archive nothing "
            "does not exist.");
  request.event_source_arn = TestWorld::bus("default");
  EXPECT_EQ(error_of(world.try_start(request)),
            "ValidationException: Parameter EventSourceArn is not valid. Reason: Must contain an "
            "archive ARN.");
  request = world.replay_request("r");
  request.destination.arn = TestWorld::bus("other");
  EXPECT_EQ(error_of(world.try_start(request)),
            "ValidationException: Parameter Destination.Arn is not valid. Reason: Cross event bus "
            "replay is not permitted.");
  request.destination.arn = TestWorld::bus("nowhere");
  EXPECT_EQ(error_of(world.try_start(request)),
            "ResourceNotFoundException: Event bus nowhere does not exist.");
  request.destination.arn = "nowhere";
  EXPECT_EQ(error_of(world.try_start(request)),
            "ValidationException: Parameter Destination.Arn is not valid. Reason: Must contain an "
            "event bus ARN.");
}

TEST(StartReplay, refuses_an_end_that_is_not_after_the_start) {
  HeardWorld world;
  auto request = world.replay_request("r");
  request.event_end_time = request.event_start_time;
  EXPECT_EQ(error_of(world.try_start(request)),
            "ValidationException: Parameter EventEndTime is not valid. Reason: EventStartTime must "
            "be before EventEndTime.");
}

TEST(StartReplay, refuses_rules_of_other_buses_and_those_that_are_not_there) {
  HeardWorld world;
  auto request = world.replay_request("r");
  request.destination.filter_arns = {"arn:aws:events:us-east-1:111122223333:rule/other/hear"};
  EXPECT_EQ(error_of(world.try_start(request)),
            "ValidationException: Parameter Destination.FilterArns is not valid. Reason: Must "
            "contain ARNs of rules of the bus.");
  request.destination.filter_arns = {ArchiveWorld::rule("hear"), ArchiveWorld::rule("nobody")};
  EXPECT_EQ(error_of(world.try_start(request)),
            "ResourceNotFoundException: Rule nobody does not exist on EventBus default.");
}

TEST(StartReplay, refuses_a_name_that_is_taken_and_an_eleventh_at_the_same_time) {
  HeardWorld world;
  for (int i = 0; i < 10; ++i) world.start_replay("r" + std::to_string(i));
  EXPECT_EQ(error_of(world.try_start(world.replay_request("r3"))),
            "ResourceAlreadyExistsException: Replay r3 already exists.");
  EXPECT_EQ(error_of(world.try_start(world.replay_request("r10"))),
            "LimitExceededException: The requested resource exceeds the maximum number allowed.");
  world.run();
  world.start_replay("r10");
}

TEST(ListReplays, goes_by_name_in_pages_and_takes_one_filter) {
  HeardWorld world;
  world.create_archive("second");
  for (const auto* name : {"b", "a", "c"}) world.start_replay(name);
  world.run();
  need(world.try_start(world.replay_request("d", "second")));
  const auto list = [&](const ListReplays::Request& request) {
    return ListReplays{*world.database}(request, world.call);
  };
  const auto names = [&](const ListReplays::Request& request) {
    std::string all;
    for (const auto& replay : need(list(request)).replays)
      all += replay.replay_name + " " + std::string(aws::name_of(replay.state)) + " ";
    return all;
  };
  EXPECT_EQ(names({}), "a COMPLETED b COMPLETED c COMPLETED d STARTING ");
  EXPECT_EQ(names({.name_prefix = "b"}), "b COMPLETED ");
  EXPECT_EQ(names({.state = archives::ReplayState::Starting}), "d STARTING ");
  EXPECT_EQ(names({.event_source_arn = ArchiveWorld::archive("second")}), "d STARTING ");
  const auto first = need(list({.limit = 3}));
  EXPECT_EQ(names({.next_token = first.next_token, .limit = 3}), "d STARTING ");
  EXPECT_EQ(error_of(list({.name_prefix = "b", .state = archives::ReplayState::Starting})),
            "ValidationException: At most one filter is allowed for ListReplays. Use either : "
            "State, EventSourceArn, or NamePrefix.");
}

}  // namespace
}  // namespace everseal::events
