#include "jobs/jobs.h"

#include <gtest/gtest.h>

#include "jobs/hand.h"
#include "jobs/migrations.h"
#include "jobs/queue.h"
#include "sql/sqlite/open.h"

namespace everseal::jobs {
namespace {

using namespace std::chrono_literals;

TimePoint at(std::int64_t millis) { return from_millis(millis); }

struct Queue {
  ManualClock clock{at(0)};
  Log log{clock, LogLevel::Error, [](std::string_view) {}};
  std::unique_ptr<sql::Database> database = *sql::sqlite::open_in_memory({}, log);
  Queue() { EXPECT_TRUE(sql::migrate(*database, {migrations()})); }

  void add(std::int64_t due, const std::string& payload = "") {
    EXPECT_TRUE(database->write(
        [&](sql::Transaction& tx) { return jobs::add(tx, {"kind", "key", at(due), payload}); }));
  }
  void reschedule(std::int64_t due) {
    EXPECT_TRUE(database->write(
        [&](sql::Transaction& tx) { return jobs::reschedule(tx, {"kind", "key", at(due), ""}); }));
  }
  void cancel() {
    EXPECT_TRUE(
        database->write([&](sql::Transaction& tx) { return jobs::cancel(tx, "kind", "key"); }));
  }
  std::optional<Ready> first() {
    return *database->read([](sql::Snapshot& view) {
      return earliest(view, {"kind"}, [](const Ready&) { return false; });
    });
  }
  std::optional<Leased> lease(const Ready& job, std::int64_t until) {
    return *database->write([&](sql::Transaction& tx) { return jobs::lease(tx, job, at(until)); });
  }
  Leased lease_first(std::int64_t until) { return *lease(*first(), until); }
  void finish(const Leased& job, std::optional<std::int64_t> next, bool failed = false) {
    EXPECT_TRUE(database->write([&](sql::Transaction& tx) {
      return jobs::finish(tx, {job, next ? std::optional(at(*next)) : std::nullopt, failed});
    }));
  }
  std::optional<std::int64_t> first_at() {
    const auto job = first();
    if (!job) return std::nullopt;
    return to_millis(job->at);
  }
};

TEST(Jobs, keep_the_earlier_due_time_and_the_newer_payload) {
  Queue queue;
  queue.add(20, "old");
  queue.add(30, "later");
  EXPECT_EQ(queue.first_at(), 20);
  queue.add(10, "newest");
  EXPECT_EQ(queue.first_at(), 10);
  const auto leased = queue.lease_first(100);
  EXPECT_EQ(leased.execution.payload, "newest");
  EXPECT_EQ(leased.execution.due, at(10));
}

TEST(Jobs, are_rescheduled_to_a_later_time) {
  Queue queue;
  queue.add(20);
  queue.reschedule(30);
  EXPECT_EQ(queue.first_at(), 30);
}

TEST(Jobs, are_cancelled_whether_or_not_they_are_there) {
  Queue queue;
  queue.add(20);
  queue.cancel();
  EXPECT_EQ(queue.first_at(), std::nullopt);
  queue.cancel();
}

TEST(Jobs, are_not_promised_by_a_transaction_that_is_undone) {
  Queue queue;
  const auto outcome = queue.database->write([](sql::Transaction& tx) -> Outcome {
    EXPECT_TRUE(add(tx, {"kind", "key", at(1), ""}));
    return Fault::conflict("no");
  });
  EXPECT_FALSE(outcome);
  EXPECT_EQ(queue.first_at(), std::nullopt);
}

TEST(Jobs, refuse_a_payload_that_is_too_long) {
  Queue queue;
  const auto outcome = queue.database->write([](sql::Transaction& tx) {
    return add(tx, {"kind", "key", at(1), std::string(64 * 1024 + 1, 'x')});
  });
  EXPECT_EQ(outcome.error().kind, Fault::Kind::Malformed);
}

TEST(Jobs, are_gone_when_they_are_done) {
  Queue queue;
  queue.add(20);
  queue.finish(queue.lease_first(100), std::nullopt);
  EXPECT_EQ(queue.first_at(), std::nullopt);
}

TEST(Jobs, come_back_when_they_are_to_be_done_again) {
  Queue queue;
  queue.add(20);
  queue.finish(queue.lease_first(100), 50);
  EXPECT_EQ(queue.first_at(), 50);
}

TEST(Jobs, may_be_taken_by_another_when_the_lease_ends_and_count_that_as_an_attempt) {
  Queue queue;
  queue.add(20);
  const auto dead = queue.lease_first(100);
  EXPECT_EQ(queue.first_at(), 100);
  const auto other = queue.lease_first(200);
  EXPECT_EQ(other.execution.attempt, 2);
  EXPECT_EQ(other.execution.due, at(20));
  queue.finish(dead, std::nullopt);  // it was not dead, only late
  EXPECT_EQ(queue.first_at(), 200);
}

TEST(Jobs, are_taken_by_one_of_two_who_saw_the_same) {
  Queue queue;
  queue.add(20);
  const auto seen = *queue.first();
  EXPECT_TRUE(queue.lease(seen, 100));
  EXPECT_FALSE(queue.lease(seen, 100));
}

TEST(Jobs, promised_anew_while_they_run_run_again_at_the_new_time) {
  Queue queue;
  queue.add(20);
  const auto running = queue.lease_first(100);
  queue.add(70, "new");
  queue.add(80, "newer");
  EXPECT_EQ(queue.first_at(), 100);
  queue.finish(running, std::nullopt);
  EXPECT_EQ(queue.first_at(), 70);
  EXPECT_EQ(queue.lease_first(200).execution.payload, "newer");
}

TEST(Jobs, promised_anew_while_their_runner_dies_lose_neither_promise) {
  Queue queue;
  queue.add(20);
  static_cast<void>(queue.lease_first(100));
  queue.add(500);
  queue.finish(queue.lease_first(200), std::nullopt);
  EXPECT_EQ(queue.first_at(), 500);
}

TEST(Jobs, promised_anew_during_a_run_that_fails_are_tried_again_and_kept_later) {
  Queue queue;
  queue.add(20);
  const auto running = queue.lease_first(100);
  queue.add(500);
  queue.finish(running, 60, /*failed=*/true);
  EXPECT_EQ(queue.first_at(), 60);
  queue.finish(queue.lease_first(100), std::nullopt);
  EXPECT_EQ(queue.first_at(), 500);
}

TEST(Jobs, promised_for_sooner_than_the_next_attempt_run_sooner_with_attempts_anew) {
  Queue queue;
  queue.add(20);
  queue.finish(queue.lease_first(100), 9000, /*failed=*/true);
  queue.add(50);
  EXPECT_EQ(queue.first_at(), 50);
  EXPECT_EQ(queue.lease_first(100).execution.attempt, 1);
}

TEST(Jobs, cancelled_while_they_run_do_not_come_back) {
  Queue queue;
  queue.add(20);
  const auto running = queue.lease_first(100);
  queue.cancel();
  queue.finish(running, 50);
  EXPECT_EQ(queue.first_at(), std::nullopt);
}

TEST(PauseAfter, doubles_up_to_the_longest) {
  const Options options{.first_pause = 1s, .longest_pause = 1min};
  const Execution execution{"kind", "key", "", at(0), 1};
  auto before = 0ms;
  for (const int failures : {1, 2, 3, 4, 5, 6}) {
    const auto pause = pause_after(failures, execution, options);
    EXPECT_GT(pause, before);
    before = pause;
  }
  EXPECT_LE(pause_after(1000, execution, options), 1min);
  EXPECT_GE(pause_after(1000, execution, options), 48s);
}

TEST(PauseAfter, differs_between_jobs_that_failed_together) {
  const Execution one{"kind", "one", "", at(0), 1};
  const Execution two{"kind", "two", "", at(0), 1};
  EXPECT_NE(pause_after(5, one, {}), pause_after(5, two, {}));
}

}  // namespace
}  // namespace everseal::jobs
