#include <gtest/gtest.h>

#include <vector>

#include "installation/installation.h"
#include "installation/migrations.h"
#include "jobs/migrations.h"
#include "services/control/operations/advance_clock.h"
#include "sql/sqlite/open.h"

namespace everseal::control {
namespace {

using namespace std::chrono_literals;

struct AdvanceClockTest : testing::Test {
  ManualClock clock{from_millis(1'735'787'045'000)};
  Log log{clock, LogLevel::Error, [](std::string_view) {}};
  std::unique_ptr<sql::Database> database = *sql::sqlite::open_in_memory({}, log);
  jobs::Runner runner{*database, clock, log};
  VirtualTime time{clock, runner, *database};
  AdvanceClock operation{&time};

  void SetUp() override {
    ASSERT_TRUE(sql::migrate(*database, {jobs::migrations(), installation::migrations()}));
  }
  void promise(std::string key, TimePoint due) {
    ASSERT_TRUE(database->write([&](sql::Transaction& tx) {
      return jobs::add(tx, {.kind = "bell", .key = std::move(key), .due = due, .payload = {}});
    }));
  }
};

TEST_F(AdvanceClockTest, runs_what_becomes_due_on_the_way_in_order_and_at_its_time) {
  const auto start = clock.now();
  std::vector<std::pair<std::string, TimePoint>> rung;
  runner.handle("bell", [&](const jobs::Execution& job) -> Result<jobs::Verdict> {
    rung.emplace_back(job.key, clock.now());
    return jobs::Verdict::done();
  });
  promise("second", start + 2h);
  promise("first", start + 1h);
  promise("later", start + 4h);

  const auto answer = operation({.seconds = 3 * 3600});

  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->now, start + 3h);
  EXPECT_EQ(rung, (std::vector<std::pair<std::string, TimePoint>>{{"first", start + 1h},
                                                                  {"second", start + 2h}}));
}

TEST_F(AdvanceClockTest, keeps_where_time_stands_for_the_next_start) {
  ASSERT_TRUE(operation({.seconds = 60}));
  const auto kept =
      database->read([](sql::Snapshot& view) { return installation::virtual_time(view); });
  ASSERT_TRUE(kept);
  EXPECT_EQ(*kept, clock.now());
}

TEST_F(AdvanceClockTest, has_kept_the_time_of_a_job_before_it_runs) {
  std::vector<std::optional<TimePoint>> kept;
  runner.handle("bell", [&](const jobs::Execution&) -> Result<jobs::Verdict> {
    kept.push_back(
        *database->read([](sql::Snapshot& view) { return installation::virtual_time(view); }));
    return jobs::Verdict::done();
  });
  const auto start = clock.now();
  promise("first", start + 1h);
  ASSERT_TRUE(operation({.seconds = 3 * 3600}));
  EXPECT_EQ(kept, std::vector<std::optional<TimePoint>>{start + 1h});
}

TEST_F(AdvanceClockTest, stands_still_when_the_time_cannot_be_kept) {
  int rung = 0;
  runner.handle("bell", [&](const jobs::Execution&) -> Result<jobs::Verdict> {
    ++rung;
    return jobs::Verdict::done();
  });
  const auto start = clock.now();
  promise("first", start + 1h);
  ASSERT_TRUE(
      database->write([](sql::Transaction& tx) { return tx.run("DROP TABLE installation_fact"); }));
  EXPECT_FALSE(operation({.seconds = 3 * 3600}));
  EXPECT_EQ(clock.now(), start);
  EXPECT_EQ(rung, 0);
}

TEST_F(AdvanceClockTest, ends_with_the_last_time_that_a_certificate_can_say) {
  clock.set(from_millis(253'402'300'790'000));  // nine seconds before
  const auto beyond = operation({.seconds = 10});
  ASSERT_FALSE(beyond);
  EXPECT_EQ(beyond.error().code, "ValidationException");
  EXPECT_TRUE(operation({.seconds = 9}));
}

TEST(AdvanceClock, refuses_to_move_the_real_clock) {
  const auto answer = AdvanceClock{nullptr}({.seconds = 1});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "InvalidStateException");
}

}  // namespace
}  // namespace everseal::control
