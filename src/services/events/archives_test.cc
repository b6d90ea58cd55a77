#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "services/events/archive_test_world.h"
#include "services/events/operations/delete_event_bus.h"

namespace everseal::events {
namespace {

using std::chrono::days;
using std::chrono::hours;

TEST(Archive, keeps_what_is_put_on_its_bus_from_then_on) {
  ArchiveWorld world;
  world.put();
  world.create_archive("all");
  world.put(R"({"n":1})");
  world.put(R"({"n":2})");
  const auto archive = world.describe_archive("all");
  EXPECT_EQ(archive.archive_arn, ArchiveWorld::archive("all"));
  EXPECT_EQ(archive.event_source_arn, TestWorld::bus("default"));
  EXPECT_EQ(aws::name_of(archive.state), "ENABLED");
  EXPECT_EQ(archive.retention_days, 0);
  EXPECT_EQ(archive.event_count, 2);
  EXPECT_EQ(archive.size_bytes, world.rows("SELECT sum(length(body)) FROM events_archived_event"));
}

TEST(Archive, keeps_events_that_no_rule_wants_and_leaves_no_other_trace_of_them) {
  ArchiveWorld world;
  world.create_archive("all");
  world.put();
  EXPECT_EQ(world.kept_by("all"), 1);
  EXPECT_EQ(world.waiting(), 0);
}

TEST(Archive, keeps_what_its_pattern_matches) {
  ArchiveWorld world;
  world.create_archive("hot", R"({"detail":{"state":["hot"]}})");
  world.create_archive("all");
  world.put(R"({"state":"hot"})");
  world.put(R"({"state":"cold"})");
  EXPECT_EQ(world.kept_by("hot"), 1);
  EXPECT_EQ(world.kept_by("all"), 2);
}

TEST(Archive, keeps_events_of_its_own_bus_only) {
  ArchiveWorld world;
  world.create_bus("other");
  auto request = ArchiveWorld::archive_request("other");
  request.event_source_arn = TestWorld::bus("other");
  need(world.try_create(request));
  world.put();
  EXPECT_EQ(world.kept_by("other"), 0);
}

TEST(Archive, keeps_events_that_another_bus_passes_on) {
  ArchiveWorld world;
  world.create_bus("other");
  world.put_rule("pass");
  world.put_target("pass", TestWorld::target("1", TestWorld::bus("other")));
  auto request = ArchiveWorld::archive_request("other");
  request.event_source_arn = TestWorld::bus("other");
  need(world.try_create(request));
  world.put();
  world.run();
  EXPECT_EQ(world.kept_by("other"), 1);
}

TEST(Archive, keeps_nothing_of_a_transaction_that_is_undone) {
  ArchiveWorld world;
  world.create_archive("all");
  const auto undone = world.database->write([&](sql::Transaction& tx) -> Outcome {
    const Event event{.id = "1",
                      .bus = {"111122223333", "us-east-1", "default"},
                      .source = "aws.acm",
                      .detail_type = "ACM Certificate Available",
                      .time = world.clock.now(),
                      .resources = {},
                      .detail = "{}"};
    need(put(tx, event, world.clock.now()));
    return Fault::conflict("somebody was faster");
  });
  EXPECT_FALSE(undone);
  EXPECT_EQ(world.kept_by("all"), 0);
  EXPECT_EQ(world.kept_rows(), 0);
}

TEST(Archive, forgets_events_when_their_days_are_over) {
  ArchiveWorld world;
  world.create_archive("week", {}, 7);
  world.put();
  world.run_for(days{3});
  world.put();
  world.run_for(days{4} - hours{1});
  EXPECT_EQ(world.kept_by("week"), 2);
  world.run_for(hours{1});
  EXPECT_EQ(world.kept_by("week"), 1);
  world.run_for(days{3});
  EXPECT_EQ(world.kept_by("week"), 0);
  EXPECT_EQ(world.describe_archive("week").size_bytes, 0);
  EXPECT_EQ(world.kept_rows(), 0);
  world.put();
  world.run_for(days{7});
  EXPECT_EQ(world.kept_rows(), 0);
}

TEST(Archive, counts_its_days_from_when_an_event_was_put_whatever_time_the_event_has) {
  ArchiveWorld world;
  world.create_archive("day", {}, 1);
  auto entry = TestWorld::entry();
  entry.time = world.clock.now() - days{400};
  world.put_all({entry});
  world.run_for(hours{23});
  EXPECT_EQ(world.kept_by("day"), 1);
}

TEST(Archive, forgets_more_events_than_one_transaction_takes) {
  ArchiveWorld world;
  world.create_archive("day", {}, 1);
  for (int i = 0; i < 60; ++i) world.put_all(std::vector<PutEvents::Entry>(10, TestWorld::entry()));
  EXPECT_EQ(world.kept_by("day"), 600);
  world.run_for(days{1});
  EXPECT_EQ(world.kept_rows(), 0);
  EXPECT_EQ(world.kept_by("day"), 0);
}

TEST(Archive, forgets_tens_of_thousands_of_events_though_the_clock_stands_still) {
  ArchiveWorld world;
  world.create_archive("day", {}, 1);
  world.put();
  const auto many = world.database->write([](sql::Transaction& tx) {
    return tx.run(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 51000) "
        "INSERT INTO events_archived_event (archive, happened_at, kept_at, id, resource, body, "
        "octets) SELECT archive, happened_at, kept_at, i, '', '{}', 2 "
        "FROM events_archived_event, n");
  });
  ASSERT_TRUE(many);
  world.run_for(days{1});
  EXPECT_EQ(world.kept_rows(), 0);
}

TEST(Archive, without_a_retention_keeps_for_ever) {
  ArchiveWorld world;
  world.create_archive("all");
  world.put();
  world.run_for(days{4000});
  EXPECT_EQ(world.kept_by("all"), 1);
}

TEST(UpdateArchive, changes_what_is_named_and_nothing_else) {
  ArchiveWorld world;
  auto request = ArchiveWorld::archive_request("all");
  request.description = "what happens";
  request.event_pattern = R"({"source":["plant"]})";
  request.retention_days = 5;
  need(world.try_create(request));
  UpdateArchive::Request update;
  update.archive_name = "all";
  update.event_pattern = R"({"source":["mill"]})";
  world.update_archive(update);
  const auto archive = world.describe_archive("all");
  EXPECT_EQ(archive.description, "what happens");
  EXPECT_EQ(archive.event_pattern, R"({"source":["mill"]})");
  EXPECT_EQ(archive.retention_days, 5);
  world.put();
  EXPECT_EQ(world.kept_by("all"), 0);
}

TEST(UpdateArchive, counts_a_new_retention_for_what_is_kept_already) {
  ArchiveWorld world;
  world.create_archive("all");
  world.put();
  world.run_for(days{10});
  world.put();
  UpdateArchive::Request update;
  update.archive_name = "all";
  update.retention_days = 5;
  world.update_archive(update);
  world.run();
  EXPECT_EQ(world.kept_by("all"), 1);
  world.run_for(days{5});
  EXPECT_EQ(world.kept_by("all"), 0);
}

TEST(DeleteArchive, removes_the_archive_at_once_and_its_events_soon) {
  ArchiveWorld world;
  world.create_archive("all");
  world.create_archive("other");
  for (int i = 0; i < 60; ++i) world.put_all(std::vector<PutEvents::Entry>(10, TestWorld::entry()));
  world.delete_archive("all");
  EXPECT_EQ(error_of(DescribeArchive{*world.database}({"all"}, world.call)),
            "ResourceNotFoundException: Archive all does not exist.");
  world.run();
  EXPECT_EQ(world.kept_rows(), 600);
  EXPECT_EQ(world.kept_by("other"), 600);
}

TEST(DeleteArchive, of_a_name_lets_another_begin_empty) {
  ArchiveWorld world;
  world.create_archive("all");
  world.put();
  world.delete_archive("all");
  world.create_archive("all");
  EXPECT_EQ(world.kept_by("all"), 0);
  world.put();
  world.run();
  EXPECT_EQ(world.kept_by("all"), 1);
}

TEST(CreateArchive, refuses_a_name_that_is_taken) {
  ArchiveWorld world;
  world.create_archive("all");
  EXPECT_EQ(error_of(world.try_create(ArchiveWorld::archive_request("all"))),
            "ResourceAlreadyExistsException: Archive all already exists.");
}

TEST(CreateArchive, refuses_a_source_that_is_no_bus_or_not_there) {
  ArchiveWorld world;
  auto request = ArchiveWorld::archive_request("all");
  request.event_source_arn = TestWorld::function("f");
  EXPECT_EQ(error_of(world.try_create(request)),
            "ValidationException: Parameter EventSourceArn is not valid. Reason: Must contain an "
            "event bus ARN.");
  auto elsewhere = TestWorld::bus("default");
  request.event_source_arn = elsewhere.replace(0, 8, "arn:aws-cn:");
  EXPECT_EQ(error_of(world.try_create(request)),
            "ValidationException: Parameter EventSourceArn is not valid. Reason: Must contain an "
            "event bus ARN.");
  request.event_source_arn = TestWorld::bus("nowhere");
  EXPECT_EQ(error_of(world.try_create(request)),
            "ResourceNotFoundException: Event bus nowhere does not exist.");
  request.event_source_arn = "arn:aws:events:us-east-1:444455556666:event-bus/default";
  EXPECT_EQ(error_of(world.try_create(request)),
            "ResourceNotFoundException: Event bus default does not exist.");
}

TEST(CreateArchive, refuses_a_pattern_that_is_none_and_a_key) {
  ArchiveWorld world;
  auto request = ArchiveWorld::archive_request("all");
  request.event_pattern = "{";
  EXPECT_EQ(error_of(world.try_create(request)),
            "InvalidEventPatternException: Event pattern is not valid. Reason: Invalid JSON");
  request.event_pattern = {};
  request.kms_key_identifier = "alias/mine";
  EXPECT_EQ(error_of(world.try_create(request)),
            "ValidationException: Parameter KmsKeyIdentifier is not supported by Everseal.");
}

TEST(CreateArchive, stops_at_a_hundred) {
  ArchiveWorld world;
  for (int i = 0; i < 100; ++i) world.create_archive("a" + std::to_string(i));
  EXPECT_EQ(error_of(world.try_create(ArchiveWorld::archive_request("one-more"))),
            "LimitExceededException: The requested resource exceeds the maximum number allowed.");
}

TEST(ListArchives, goes_by_name_in_pages_and_takes_one_filter) {
  ArchiveWorld world;
  world.create_bus("other");
  for (const auto* name : {"c", "a", "b", "x1"}) world.create_archive(name);
  auto of_other = ArchiveWorld::archive_request("x2");
  of_other.event_source_arn = TestWorld::bus("other");
  need(world.try_create(of_other));
  const auto list = [&](const ListArchives::Request& request) {
    return ListArchives{*world.database}(request, world.call);
  };
  const auto names = [&](const ListArchives::Request& request) {
    std::string all;
    for (const auto& archive : need(list(request)).archives) all += archive.archive_name + " ";
    return all;
  };
  EXPECT_EQ(names({}), "a b c x1 x2 ");
  EXPECT_EQ(names({.name_prefix = "x"}), "x1 x2 ");
  EXPECT_EQ(names({.event_source_arn = TestWorld::bus("other")}), "x2 ");
  EXPECT_EQ(names({.state = archives::ArchiveState::Disabled}), "");
  const auto first = need(list({.limit = 3}));
  EXPECT_EQ(names({.next_token = first.next_token, .limit = 3}), "x1 x2 ");
  EXPECT_EQ(error_of(list({.name_prefix = "x", .state = archives::ArchiveState::Enabled})),
            "ValidationException: At most one filter is allowed for ListArchives. Use either : "
            "State, EventSourceArn, or NamePrefix.");
}

TEST(DeleteEventBus, refuses_one_that_is_archived) {
  ArchiveWorld world;
  world.create_bus("other");
  auto request = ArchiveWorld::archive_request("kept");
  request.event_source_arn = TestWorld::bus("other");
  need(world.try_create(request));
  EXPECT_EQ(error_of(DeleteEventBus{*world.database}({"other"}, world.call)),
            "ValidationException: Event bus can't be deleted since it has archives.");
  world.delete_archive("kept");
  need(DeleteEventBus{*world.database}({"other"}, world.call));
}

}  // namespace
}  // namespace everseal::events
