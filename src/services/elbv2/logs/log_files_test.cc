#include "services/elbv2/logs/log_files.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "clock/time_text.h"
#include "random/random.h"
#include "services/elbv2/logs/test_gzip.h"

namespace everseal::elbv2::logs {
namespace {

const std::string edge =
    "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/edge/0123456789abcdef";

LogPlace place(LogKind kind, const std::string& bucket = "logs") {
  return {.kind = kind,
          .load_balancer_arn = edge,
          .account = "111122223333",
          .region = "eu-west-1",
          .bucket = bucket,
          .prefix = {}};
}

gateway::RequestRecord request(const std::string& path = "/") {
  gateway::RequestRecord record{.load_balancer = edge, .here = {"192.0.2.10", 80}};
  record.path = path;
  return record;
}

struct World {
  ManualClock clock{*parse_iso8601("2025-01-02T03:04:05Z")};
  LogFiles files;

  explicit World(const LogSettings& settings = {}) : files(clock, settings) {
    want(place(LogKind::Access), place(LogKind::Connection));
  }
  void want(std::optional<LogPlace> access, std::optional<LogPlace> connection) {
    files.want({{edge,
                 {.dns_name = "edge.example",
                  .access = std::move(access),
                  .connection = std::move(connection)}}});
  }
};

std::size_t lines_in(const LogFile& file) {
  return static_cast<std::size_t>(std::ranges::count(gunzipped(as_text(file.octets)), '\n'));
}

}  // namespace

TEST(LogFiles, gathers_until_the_interval_ends) {
  World world;
  EXPECT_EQ(world.files.take(request()), *parse_iso8601("2025-01-02T03:05:00Z"));
  EXPECT_FALSE(world.files.take(request())) << "its end is known";
  EXPECT_FALSE(world.files.next_due());
  world.clock.set(*parse_iso8601("2025-01-02T03:05:00Z"));
  EXPECT_EQ(world.files.take(request()), *parse_iso8601("2025-01-02T03:10:00Z"));
  const auto file = world.files.next_due();
  ASSERT_TRUE(file);
  EXPECT_EQ(file->end, *parse_iso8601("2025-01-02T03:05:00Z"));
  EXPECT_EQ(file->address, "192.0.2.10");
  EXPECT_EQ(file->entries, 2U);
  EXPECT_EQ(lines_in(*file), 2U);
  EXPECT_FALSE(world.files.next_due());
  EXPECT_EQ(world.files.next_end(), *parse_iso8601("2025-01-02T03:10:00Z"));
}

TEST(LogFiles, are_apart_by_kind_and_only_of_those_that_are_wanted) {
  World world;
  world.files.take(request());
  world.files.take(gateway::ConnectionRecord{.load_balancer = edge, .here = {"192.0.2.10", 80}});
  world.files.take(gateway::ConnectionRecord{.load_balancer = "another"});
  world.want(std::nullopt, std::nullopt);
  EXPECT_FALSE(world.files.take(request()));
  world.files.end_all();
  const auto first = world.files.next_due();
  const auto second = world.files.next_due();
  ASSERT_TRUE(first && second);
  EXPECT_NE(first->place.kind, second->place.kind);
  EXPECT_EQ(lines_in(*first) + lines_in(*second), 2U);
  EXPECT_EQ(first->end, world.clock.now()) << "ended before its time";
  EXPECT_FALSE(world.files.next_due());
}

TEST(LogFiles, that_are_full_end_at_once) {
  World world({.file_octets = 2000});
  CountingRandom random;
  std::uint64_t lines = 0;
  std::uint64_t told = 0;
  for (int count = 0; count < 20'000; ++count) {
    world.files.take(request(random_uuid(random)));
    ++lines;
    while (const auto file = world.files.next_due()) told += lines_in(*file);
  }
  EXPECT_GT(told, 0U);
  world.files.end_all();
  while (const auto file = world.files.next_due()) told += lines_in(*file);
  EXPECT_EQ(told, lines);
}

TEST(LogFiles, that_no_job_asks_for_are_bounded_too) {
  World world({.most_octets = 1});
  for (int minutes = 0; minutes < 50; minutes += 5) {
    world.files.take(request());
    world.clock.advance(std::chrono::minutes{5});
  }
  EXPECT_EQ(world.files.dropped_entries(), 8U) << "all but the last that ended, and one that runs";
}

TEST(LogFiles, that_nobody_takes_are_bounded_in_octets_and_time) {
  World world({.most_octets = 1});
  std::optional<LogFile> last;
  for (int count = 0; count < 3; ++count) {
    world.files.take(request());
    world.clock.advance(std::chrono::minutes(5));
    auto file = world.files.next_due();
    ASSERT_TRUE(file);
    world.files.give_back(*std::move(file));
  }
  EXPECT_EQ(world.files.dropped_entries(), 2U) << "the newest is kept";
  auto file = world.files.next_due();
  ASSERT_TRUE(file);
  world.clock.advance(std::chrono::hours(25));
  world.files.give_back(*std::move(file));
  EXPECT_EQ(world.files.dropped_entries(), 3U);
  EXPECT_FALSE(world.files.next_due());
}

}  // namespace everseal::elbv2::logs
