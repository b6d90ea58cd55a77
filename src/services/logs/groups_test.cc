#include "services/logs/operations/delete_log_group.h"
#include "services/logs/operations/delete_log_stream.h"
#include "services/logs/operations/delete_retention_policy.h"
#include "services/logs/operations/describe_log_groups.h"
#include "services/logs/operations/describe_log_streams.h"
#include "services/logs/operations/list_tags_for_resource.h"
#include "services/logs/operations/put_retention_policy.h"
#include "services/logs/operations/tag_resource.h"
#include "services/logs/operations/untag_resource.h"
#include "services/logs/test_logs.h"

namespace everseal::logs {
namespace {

const std::string arn = "arn:aws:logs:eu-west-1:111122223333:log-group:g";

struct LogGroups : testing::Test, TestLogs {
  // The names on all pages.
  Texts groups(DescribeLogGroups::Request request) {
    Texts names;
    do {
      const auto page = run<DescribeLogGroups>(request);
      if (!page) return {std::string(page.error().code)};
      for (const auto& group : page->log_groups) names.push_back(group.log_group_name);
      request.next_token = page->next_token;
    } while (request.next_token);
    return names;
  }
  Texts streams(DescribeLogStreams::Request request) {
    request.log_group_name = "g";
    Texts names;
    do {
      const auto page = run<DescribeLogStreams>(request);
      if (!page) return {std::string(page.error().code) + ": " + page.error().message};
      for (const auto& stream : page->log_streams) names.push_back(stream.log_stream_name);
      request.next_token = page->next_token;
    } while (request.next_token);
    return names;
  }
};

TEST_F(LogGroups, are_made_once_and_are_gone_when_they_are_deleted) {
  add_group("g");
  EXPECT_EQ(outcome<CreateLogGroup>({"g", {}, {}, {}, {}}),
            "ResourceAlreadyExistsException: The specified log group already exists");
  add_stream("g", "s");
  EXPECT_EQ(outcome<CreateLogStream>({"g", "s"}),
            "ResourceAlreadyExistsException: The specified log stream already exists");
  EXPECT_EQ(outcome<CreateLogStream>({"h", "s"}),
            "ResourceNotFoundException: The specified log group does not exist.");
  EXPECT_EQ(outcome<DeleteLogGroup>({"g"}), "done");
  EXPECT_EQ(outcome<DeleteLogGroup>({"g"}),
            "ResourceNotFoundException: The specified log group does not exist.");
  EXPECT_EQ(groups({}), Texts{});
}

TEST_F(LogGroups, are_made_anew_without_what_was_in_them_before) {
  add_group("g");
  add_stream("g", "s");
  put({{0s, "before"}});
  EXPECT_EQ(outcome<DeleteLogGroup>({"g"}), "done");
  add_group("g");
  EXPECT_EQ(filter({}), Texts{});
  EXPECT_EQ(streams({}), Texts{});
}

TEST_F(LogGroups, leave_nothing_on_the_disk) {
  add_group("g");
  for (const auto* stream : {"s", "t"}) {
    add_stream("g", stream);
    for (int i = 0; i < 250; ++i) put({{0s, "x"}}, stream);
  }
  EXPECT_EQ(outcome<DeleteLogStream>({"g", "t"}), "done");
  run_jobs_for(10s);
  EXPECT_EQ(count("SELECT count(*) FROM logs_chunk"), 250);
  EXPECT_EQ(count("SELECT count(*) FROM logs_stream"), 1);
  EXPECT_EQ(count("SELECT stored_octets FROM logs_group"), 250 * 27);
  EXPECT_EQ(outcome<DeleteLogGroup>({"g"}), "done");
  run_jobs_for(10s);
  for (const auto* table : {"SELECT count(*) FROM logs_chunk", "SELECT count(*) FROM logs_stream",
                            "SELECT count(*) FROM logs_group"}) {
    EXPECT_EQ(count(table), 0) << table;
  }
}

TEST_F(LogGroups, are_listed_by_name_prefix_or_part) {
  for (const auto* name : {"/aws/lambda/a", "/aws/lambda/b", "/aws/events/a", "other"})
    add_group(name);
  EXPECT_EQ(groups({.limit = 1}),
            (Texts{"/aws/events/a", "/aws/lambda/a", "/aws/lambda/b", "other"}));
  EXPECT_EQ(groups({.log_group_name_prefix = "/aws/lambda/", .limit = 1}),
            (Texts{"/aws/lambda/a", "/aws/lambda/b"}));
  EXPECT_EQ(groups({.log_group_name_prefix = "other"}), Texts{"other"});
  EXPECT_EQ(groups({.log_group_name_pattern = "vents"}), Texts{"/aws/events/a"});
  EXPECT_EQ(
      groups({.log_group_identifiers =
                  {"other", "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/events/a:*"}}),
      (Texts{"/aws/events/a", "other"}));
  EXPECT_EQ(groups({.log_group_name_prefix = "a", .log_group_name_pattern = "b"}),
            Texts{"InvalidParameterException"});
  call.region = "us-east-1";
  EXPECT_EQ(groups({}), Texts{});
}

TEST_F(LogGroups, show_what_they_are) {
  add_group("g");
  add_stream("g", "s");
  put({{0s, "hello"}});
  EXPECT_EQ(outcome<PutRetentionPolicy>({"g", 7}), "done");
  const auto group = run<DescribeLogGroups>({})->log_groups.at(0);
  EXPECT_EQ(group.arn, arn + ":*");
  EXPECT_EQ(group.log_group_arn, arn);
  EXPECT_EQ(group.stored_bytes, 31);
  EXPECT_EQ(group.retention_in_days, 7);
  EXPECT_EQ(group.creation_time, to_millis(clock.now()));
  EXPECT_EQ(group.log_group_class, "STANDARD");
  EXPECT_EQ(outcome<DeleteRetentionPolicy>({"g"}), "done");
  EXPECT_FALSE(run<DescribeLogGroups>({})->log_groups.at(0).retention_in_days);
  EXPECT_EQ(outcome<PutRetentionPolicy>({"g", 8}).substr(0, 25), "InvalidParameterException");
}

TEST_F(LogGroups, list_their_streams_by_name_or_by_their_last_events) {
  add_group("g");
  for (const auto* name : {"2025/b", "2025/a", "2024/z", "new"}) add_stream("g", name);
  put({{-3s, "x"}}, "2025/b");
  put({{-1s, "x"}}, "2024/z");
  put({{-2s, "x"}}, "2025/a");
  EXPECT_EQ(streams({.limit = 1}), (Texts{"2024/z", "2025/a", "2025/b", "new"}));
  EXPECT_EQ(streams({.descending = true, .limit = 3}),
            (Texts{"new", "2025/b", "2025/a", "2024/z"}));
  EXPECT_EQ(streams({.log_stream_name_prefix = "2025/", .limit = 1}), (Texts{"2025/a", "2025/b"}));
  EXPECT_EQ(streams({.order_by = OrderBy::LastEventTime, .limit = 1}),
            (Texts{"new", "2025/b", "2025/a", "2024/z"}));
  EXPECT_EQ(streams({.order_by = OrderBy::LastEventTime, .descending = true, .limit = 3}),
            (Texts{"2024/z", "2025/a", "2025/b", "new"}));
  EXPECT_EQ(streams({.log_stream_name_prefix = "2", .order_by = OrderBy::LastEventTime}),
            Texts{"InvalidParameterException: Cannot order by LastEventTime with a "
                  "logStreamNamePrefix."});
}

TEST_F(LogGroups, have_tags) {
  ASSERT_EQ(outcome<CreateLogGroup>({"g", {}, {{"team", "pki"}}, {}, {}}), "done");
  EXPECT_EQ(outcome<TagResource>({arn, {{"team", "ops"}, {"stage", ""}}}), "done");
  EXPECT_EQ(run<ListTagsForResource>({arn + ":*"})->tags, (TagMap{{"stage", ""}, {"team", "ops"}}));
  EXPECT_EQ(outcome<UntagResource>({arn, {"team", "none"}}), "done");
  EXPECT_EQ(run<ListTagsForResource>({arn})->tags, (TagMap{{"stage", ""}}));
  EXPECT_EQ(outcome<TagResource>({arn, {{"aws:x", ""}}}).substr(0, 25),
            "InvalidParameterException");
  EXPECT_EQ(outcome<TagResource>({"arn:aws:logs:eu-west-1:444455556666:log-group:g", {{"a", ""}}})
                .substr(0, 25),
            "InvalidParameterException");
  TagMap many;
  for (int i = 0; i < 50; ++i) many["k" + std::to_string(i)] = "";
  EXPECT_EQ(outcome<TagResource>({arn, many}).substr(0, 20), "TooManyTagsException");
  EXPECT_EQ(run<ListTagsForResource>({arn})->tags.size(), 1U);
}

TEST_F(LogGroups, keep_events_as_long_as_they_are_told) {
  add_group("g");
  add_stream("g", "s");
  put({{0s, "old"}});
  clock.advance(24h + 1s);
  put({{0s, "new"}});
  EXPECT_EQ(filter({}), (Texts{"old", "new"}));
  EXPECT_EQ(outcome<PutRetentionPolicy>({"g", 1}), "done");
  EXPECT_EQ(filter({}), Texts{"new"});
  EXPECT_EQ(texts(get({})), Texts{"new"});
  EXPECT_EQ(count("SELECT count(*) FROM logs_chunk"), 2);
  run_jobs_for(6h);
  EXPECT_EQ(count("SELECT count(*) FROM logs_chunk"), 1);
  EXPECT_EQ(count("SELECT stored_octets FROM logs_group"), 29);
}

}  // namespace
}  // namespace everseal::logs
