#include "jobs/runner.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <set>
#include <stdexcept>
#include <thread>

#include "jobs/migrations.h"
#include "jobs/queue.h"
#include "sql/sqlite/open.h"

namespace everseal::jobs {
namespace {

using namespace std::chrono_literals;

std::chrono::steady_clock::time_point now() { return std::chrono::steady_clock::now(); }
std::chrono::steady_clock::time_point in_time() { return now() + 1min; }

TimePoint at(std::int64_t millis) { return from_millis(millis); }

struct Work {
  ManualClock clock{at(1000)};
  std::vector<std::string> lines;
  Log log{clock, LogLevel::Warning, [this](std::string_view line) { lines.emplace_back(line); }};
  std::unique_ptr<sql::Database> database = *sql::sqlite::open_in_memory({}, log);
  Work() { EXPECT_TRUE(sql::migrate(*database, {migrations()})); }

  void add(const std::string& kind, const std::string& key, std::int64_t due,
           const std::string& payload = "") const {
    EXPECT_TRUE(database->write(
        [&](sql::Transaction& tx) { return jobs::add(tx, {kind, key, at(due), payload}); }));
  }
  Outcome advance(Runner& runner, std::int64_t target) {
    return runner.run_until(at(target), [this](TimePoint now) -> Outcome {
      clock.set(now);
      return {};
    });
  }
  std::int64_t now() const { return to_millis(clock.now()); }
  std::int64_t pending() const {
    return (*database->read(
                [](sql::Snapshot& view) { return view.one("SELECT count(*) FROM jobs_job"); }))
        ->integer(0);
  }
};

// Remembers each run as "kind/key@time".
struct Diary {
  Work& work;
  std::vector<std::string> entries{};
  void note(const Execution& job) {
    entries.push_back(job.kind + "/" + job.key + "@" + std::to_string(work.now()));
  }
  Handler handler() {
    return [this](const Execution& job) -> Result<Verdict> {
      note(job);
      return Verdict::done();
    };
  }
};

using Entries = std::vector<std::string>;

TEST(Runner, runs_what_is_due_in_order_with_the_clock_at_each_due_time) {
  Work work;
  Diary diary{work};
  Runner runner(*work.database, work.clock, work.log);
  runner.handle("a", diary.handler());
  runner.handle("b", diary.handler());
  work.add("b", "1", 3000);
  work.add("a", "2", 2000);
  work.add("a", "3", 4000);
  work.add("a", "4", 9000);
  work.add("a", "5", 10);  // overdue: now
  EXPECT_TRUE(work.advance(runner, 5000));
  EXPECT_EQ(diary.entries, (Entries{"a/5@1000", "a/2@2000", "b/1@3000", "a/3@4000"}));
  EXPECT_EQ(work.now(), 5000);
  EXPECT_EQ(work.pending(), 1);
}

TEST(Runner, runs_what_a_job_promised_when_its_time_comes) {
  Work work;
  Diary diary{work};
  Runner runner(*work.database, work.clock, work.log);
  runner.handle("a", [&](const Execution& job) -> Result<Verdict> {
    diary.note(job);
    work.add("b", "child", work.now() + 500);
    return Verdict::done();
  });
  runner.handle("b", diary.handler());
  work.add("a", "x", 2000);
  work.add("b", "late", 2600);
  EXPECT_TRUE(work.advance(runner, 5000));
  EXPECT_EQ(diary.entries, (Entries{"a/x@2000", "b/child@2500", "b/late@2600"}));
}

TEST(Runner, gives_the_handler_what_was_promised) {
  Work work;
  Runner runner(*work.database, work.clock, work.log);
  Execution seen;
  runner.handle("a", [&](const Execution& job) -> Result<Verdict> {
    seen = job;
    return Verdict::done();
  });
  work.add("a", "key", 2000, R"({"n":1})");
  EXPECT_TRUE(work.advance(runner, 3000));
  EXPECT_EQ(seen.kind, "a");
  EXPECT_EQ(seen.key, "key");
  EXPECT_EQ(seen.payload, R"({"n":1})");
  EXPECT_EQ(seen.due, at(2000));
  EXPECT_EQ(seen.attempt, 1);
}

TEST(Runner, runs_again_when_the_handler_says_so) {
  Work work;
  Diary diary{work};
  Runner runner(*work.database, work.clock, work.log);
  runner.handle("a", [&](const Execution& job) -> Result<Verdict> {
    diary.note(job);
    if (diary.entries.size() == 3) return Verdict::done();
    return Verdict::again(work.clock.now() + 1s);
  });
  work.add("a", "x", 2000);
  EXPECT_TRUE(work.advance(runner, 60000));
  EXPECT_EQ(diary.entries, (Entries{"a/x@2000", "a/x@3000", "a/x@4000"}));
}

TEST(Runner, prefers_what_a_job_repeats_to_what_is_due_later) {
  Work work;
  Diary diary{work};
  Runner runner(*work.database, work.clock, work.log);
  runner.handle("a", [&](const Execution& job) -> Result<Verdict> {
    diary.note(job);
    if (work.now() > 2000) return Verdict::done();
    return Verdict::again(work.clock.now() + 5ms);
  });
  work.add("a", "x", 2000);
  work.add("a", "y", 2010);
  EXPECT_TRUE(work.advance(runner, 3000));
  EXPECT_EQ(diary.entries, (Entries{"a/x@2000", "a/x@2005", "a/y@2010"}));
}

TEST(Runner, tries_again_after_a_failure_and_after_an_exception) {
  Work work;
  Runner runner(*work.database, work.clock, work.log, {.first_pause = 1s, .longest_pause = 1h});
  std::vector<int> attempts;
  runner.handle("a", [&](const Execution& job) -> Result<Verdict> {
    attempts.push_back(job.attempt);
    if (job.attempt == 1) return Fault::unavailable("not now");
    if (job.attempt == 2) throw std::runtime_error("a bug");
    return Verdict::done();
  });
  work.add("a", "x", 2000);
  EXPECT_TRUE(work.advance(runner, 2500));
  EXPECT_EQ(attempts, (std::vector<int>{1}));
  EXPECT_TRUE(work.advance(runner, 60000));
  EXPECT_EQ(attempts, (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(work.pending(), 0);
  EXPECT_EQ(runner.counts().at("a").runs, 3U);
  EXPECT_EQ(runner.counts().at("a").failures, 2U);
  ASSERT_EQ(work.lines.size(), 2U);
  EXPECT_NE(work.lines[0].find(R"("warning","event":"job.failed")"), std::string::npos);
  EXPECT_NE(work.lines[0].find("not now"), std::string::npos);
  EXPECT_NE(work.lines[1].find(R"("error","event":"job.failed")"), std::string::npos);
  EXPECT_NE(work.lines[1].find("a bug"), std::string::npos);
}

TEST(Runner, does_not_lose_a_job_that_was_promised_anew_while_it_ran) {
  Work work;
  Diary diary{work};
  Runner runner(*work.database, work.clock, work.log);
  runner.handle("a", [&](const Execution& job) -> Result<Verdict> {
    diary.note(job);
    if (diary.entries.size() == 1) work.add("a", "x", 7000);
    return Verdict::done();
  });
  work.add("a", "x", 2000);
  EXPECT_TRUE(work.advance(runner, 9000));
  EXPECT_EQ(diary.entries, (Entries{"a/x@2000", "a/x@7000"}));
}

TEST(Runner, leaves_jobs_alone_that_nobody_handles) {
  Work work;
  Runner runner(*work.database, work.clock, work.log);
  work.add("a", "x", 2000);
  EXPECT_TRUE(work.advance(runner, 9000));
  EXPECT_EQ(work.pending(), 1);
  EXPECT_EQ(runner.pending()->at("a"), 1);
}

TEST(Runner, counts_what_is_due_and_waits) {
  Work work;
  Diary diary{work};
  Runner runner(*work.database, work.clock, work.log);
  runner.handle("a", diary.handler());
  runner.handle("b", diary.handler());
  work.add("a", "x", 999);
  work.add("a", "y", 1000);
  work.add("a", "z", 1001);
  work.add("c", "x", 1000);
  EXPECT_EQ(*runner.waiting(), (std::map<std::string, std::int64_t>{{"a", 2}, {"b", 0}}));
  EXPECT_TRUE(work.advance(runner, 1000));
  EXPECT_EQ(runner.waiting()->at("a"), 0);
}

TEST(Runner, gives_up_on_a_job_that_promises_itself_for_the_same_moment_without_end) {
  Work work;
  Runner runner(*work.database, work.clock, work.log);
  runner.handle(
      "a", [&](const Execution&) -> Result<Verdict> { return Verdict::again(work.clock.now()); });
  work.add("a", "x", 2000);
  const auto outcome = work.advance(runner, 9000);
  ASSERT_FALSE(outcome);
  EXPECT_NE(outcome.error().cause.find("a x"), std::string::npos);
  EXPECT_EQ(work.now(), 2000);
}

TEST(Runner, does_not_turn_the_clock_back) {
  Work work;
  Runner runner(*work.database, work.clock, work.log);
  EXPECT_EQ(work.advance(runner, 10).error().kind, Fault::Kind::Malformed);
  EXPECT_EQ(work.now(), 1000);
}

TEST(Runner, repeats_a_recurring_job_at_its_interval) {
  Work work;
  Diary diary{work};
  Runner runner(*work.database, work.clock, work.log);
  runner.every("tick", 1s, diary.handler());
  EXPECT_TRUE(work.advance(runner, 4500));
  EXPECT_EQ(diary.entries, (Entries{"tick/@1000", "tick/@2000", "tick/@3000", "tick/@4000"}));
}

TEST(Runner, does_not_make_up_for_intervals_that_passed_while_it_was_off) {
  Work work;
  Diary diary{work};
  Runner runner(*work.database, work.clock, work.log);
  runner.every("tick", 1s, diary.handler());
  EXPECT_TRUE(work.advance(runner, 1500));
  work.clock.set(at(9300));
  EXPECT_TRUE(work.advance(runner, 10500));
  EXPECT_EQ(diary.entries, (Entries{"tick/@1000", "tick/@9300", "tick/@10300"}));
}

TEST(Runner, brings_a_recurring_job_forward_when_its_interval_became_shorter) {
  Work work;
  Diary diary{work};
  {
    Runner runner(*work.database, work.clock, work.log);
    runner.every("tick", 24h, diary.handler());
    EXPECT_TRUE(work.advance(runner, 1000));
  }
  Runner runner(*work.database, work.clock, work.log);
  runner.every("tick", 2s, diary.handler());
  EXPECT_TRUE(work.advance(runner, 3000));
  EXPECT_EQ(diary.entries, (Entries{"tick/@1000", "tick/@3000"}));
}

TEST(Runner, runs_at_once_what_a_killed_process_had_begun) {
  Work work;
  work.add("a", "x", 500);
  EXPECT_TRUE(work.database->write(
      [](sql::Transaction& tx) { return lease(tx, {"a", "x", at(500), 0}, at(999999)); }));
  Runner runner(*work.database, work.clock, work.log);
  std::vector<int> attempts;
  runner.handle("a", [&](const Execution& job) -> Result<Verdict> {
    attempts.push_back(job.attempt);
    return Verdict::done();
  });
  EXPECT_TRUE(work.advance(runner, 1000));
  EXPECT_EQ(attempts, (std::vector<int>{2}));
}

TEST(Runner, takes_over_a_job_whose_lease_ended) {
  Work work;
  Diary diary{work};
  Runner runner(*work.database, work.clock, work.log);
  runner.handle("a", diary.handler());
  EXPECT_TRUE(work.advance(runner, 1000));
  work.add("a", "x", 500);
  EXPECT_TRUE(work.database->write(
      [](sql::Transaction& tx) { return lease(tx, {"a", "x", at(500), 0}, at(4000)); }));
  EXPECT_TRUE(work.advance(runner, 9000));
  EXPECT_EQ(diary.entries, (Entries{"a/x@4000"}));
}

TEST(Runner, starts_a_job_in_a_thread_when_its_promise_is_committed) {
  Work work;
  Runner runner(*work.database, work.clock, work.log);
  std::promise<std::string> ran;
  runner.handle("a", [&](const Execution& job) -> Result<Verdict> {
    ran.set_value(job.key);
    return Verdict::done();
  });
  ASSERT_TRUE(runner.start());
  work.add("a", "x", 1000);
  EXPECT_EQ(ran.get_future().get(), "x");
  EXPECT_TRUE(runner.stop(in_time()));
  EXPECT_EQ(work.pending(), 0);
}

TEST(Runner, runs_each_of_many_jobs_once_with_several_threads) {
  Work work;
  constexpr int kJobs = 300;
  Runner runner(*work.database, work.clock, work.log, {.threads = 4});
  std::latch all(kJobs);
  std::array<std::atomic<int>, kJobs> runs{};
  runner.handle("a", [&](const Execution& job) -> Result<Verdict> {
    ++runs.at(std::stoul(job.key));
    all.count_down();
    return Verdict::done();
  });
  ASSERT_TRUE(runner.start());
  for (int i = 0; i < kJobs; ++i) work.add("a", std::to_string(i), 1000 - i % 7);
  all.wait();
  EXPECT_TRUE(runner.stop(in_time()));
  for (const auto& count : runs) EXPECT_EQ(count, 1);
  EXPECT_EQ(work.pending(), 0);
}

TEST(Runner, never_runs_one_job_twice_at_a_time) {
  Work work;
  Runner runner(*work.database, work.clock, work.log, {.threads = 4});
  std::atomic<int> running{0};
  std::atomic<int> most{0};
  std::promise<void> enough;
  std::atomic<int> runs{0};
  runner.handle("a", [&](const Execution&) -> Result<Verdict> {
    most = std::max(most.load(), ++running);
    work.add("a", "x", 1000);  // while it runs
    if (++runs == 50) enough.set_value();
    --running;
    return Verdict::done();
  });
  ASSERT_TRUE(runner.start());
  work.add("a", "x", 1000);
  enough.get_future().wait();
  EXPECT_TRUE(runner.stop(in_time()));
  EXPECT_EQ(most, 1);
}

TEST(Runner, runs_other_kinds_while_a_limited_kind_blocks) {
  Work work;
  Runner runner(*work.database, work.clock, work.log, {.threads = 4});
  std::promise<void> release;
  const auto released = release.get_future().share();
  std::atomic<int> running{0};
  std::atomic<int> most{0};
  std::latch all_slow(20);
  runner.handle("slow",
                [&](const Execution&) -> Result<Verdict> {
                  most = std::max(most.load(), ++running);
                  released.wait();
                  --running;
                  all_slow.count_down();
                  return Verdict::done();
                },
                {.most_at_once = 1});
  std::promise<void> other_ran;
  runner.handle("other", [&](const Execution&) -> Result<Verdict> {
    other_ran.set_value();
    return Verdict::done();
  });
  for (int i = 0; i < 20; ++i) work.add("slow", std::to_string(i), 10);
  work.add("other", "x", 1000);
  ASSERT_TRUE(runner.start());
  EXPECT_EQ(other_ran.get_future().wait_for(1min), std::future_status::ready);
  release.set_value();
  all_slow.wait();
  EXPECT_TRUE(runner.stop(in_time()));
  EXPECT_EQ(most, 1);
  EXPECT_EQ(work.pending(), 0);
}

TEST(Runner, waits_between_the_failures_of_a_kind_as_that_kind_wants) {
  Work work;
  Runner runner(*work.database, work.clock, work.log, {.first_pause = 1s, .longest_pause = 1h});
  std::vector<std::int64_t> times;
  runner.handle("a",
                [&](const Execution&) -> Result<Verdict> {
                  times.push_back(work.now());
                  return Fault::unavailable("not now");
                },
                {.first_pause = 60s, .longest_pause = 120s});
  work.add("a", "x", 1000);
  EXPECT_TRUE(work.advance(runner, 600'000));
  ASSERT_GE(times.size(), 4U);
  EXPECT_GE(times[1] - times[0], 48'000);
  EXPECT_GE(times[2] - times[1], 96'000);
  EXPECT_LE(times[3] - times[2], 120'000);
}

TEST(Runner, waits_for_a_running_handler_when_it_stops) {
  Work work;
  Runner runner(*work.database, work.clock, work.log);
  std::promise<void> begun;
  std::promise<void> release;
  std::atomic<bool> ended{false};
  runner.handle("a", [&](const Execution&) -> Result<Verdict> {
    begun.set_value();
    release.get_future().wait();
    ended = true;
    return Verdict::done();
  });
  ASSERT_TRUE(runner.start());
  work.add("a", "x", 1000);
  begun.get_future().wait();
  auto stopped = std::async(std::launch::async, [&] { return runner.stop(in_time()); });
  release.set_value();
  EXPECT_TRUE(stopped.get());
  EXPECT_TRUE(ended);
  EXPECT_EQ(work.pending(), 0);
}

TEST(Runner, says_that_a_handler_did_not_end_in_time) {
  Work work;
  std::promise<void> begun;
  std::promise<void> release;
  Runner runner(*work.database, work.clock, work.log);
  runner.handle("a", [&](const Execution&) -> Result<Verdict> {
    begun.set_value();
    release.get_future().wait();
    return Verdict::done();
  });
  ASSERT_TRUE(runner.start());
  work.add("a", "x", 1000);
  begun.get_future().wait();
  EXPECT_EQ(runner.stop(now()).error().kind, Fault::Kind::Unavailable);
  release.set_value();
}

TEST(Runner, lets_its_threads_rest_while_the_clock_moves) {
  Work work;
  Runner runner(*work.database, work.clock, work.log);
  std::promise<void> begun;
  std::promise<void> release;
  std::set<std::thread::id> threads;
  std::vector<std::int64_t> times;
  runner.handle("slow", [&](const Execution&) -> Result<Verdict> {
    begun.set_value();
    release.get_future().wait();
    times.push_back(work.now());
    return Verdict::done();
  });
  runner.handle("a", [&](const Execution&) -> Result<Verdict> {
    threads.insert(std::this_thread::get_id());
    times.push_back(work.now());
    return Verdict::done();
  });
  std::promise<void> threads_work_again;
  runner.handle("b", [&](const Execution&) -> Result<Verdict> {
    threads_work_again.set_value();
    return Verdict::done();
  });
  ASSERT_TRUE(runner.start());
  work.add("slow", "x", 1000);
  begun.get_future().wait();
  for (int i = 2; i < 40; ++i) work.add("a", std::to_string(i), i * 1000);
  std::thread::id mover;
  auto moved = std::async(std::launch::async, [&] {
    mover = std::this_thread::get_id();
    return work.advance(runner, 50000);
  });
  release.set_value();
  EXPECT_TRUE(moved.get());
  EXPECT_EQ(threads, (std::set{mover}));
  EXPECT_TRUE(std::is_sorted(times.begin(), times.end()));
  EXPECT_EQ(times.size(), 39U);
  EXPECT_EQ(times.front(), 1000);

  work.add("b", "x", 50000);
  threads_work_again.get_future().wait();
  EXPECT_TRUE(runner.stop(in_time()));
}

TEST(Runner, moves_the_clock_no_further_when_it_stops) {
  Work work;
  Runner runner(*work.database, work.clock, work.log);
  runner.handle("a", [&](const Execution&) -> Result<Verdict> {
    runner.begin_to_stop();
    return Verdict::done();
  });
  ASSERT_TRUE(runner.start());
  work.add("a", "x", 2000);
  work.add("a", "y", 3000);
  EXPECT_EQ(work.advance(runner, 5000).error().kind, Fault::Kind::Unavailable);
  EXPECT_EQ(work.now(), 2000);
  EXPECT_EQ(work.pending(), 1);
}

TEST(Runner, runs_nothing_at_a_time_to_which_the_clock_could_not_be_set) {
  Work work;
  Diary diary{work};
  Runner runner(*work.database, work.clock, work.log);
  runner.handle("a", diary.handler());
  work.add("a", "x", 2000);
  const auto moved = runner.run_until(
      at(5000), [](TimePoint) -> Outcome { return Fault::unavailable("the disk is full"); });
  EXPECT_EQ(moved.error().cause, "the disk is full");
  EXPECT_EQ(diary.entries, Entries{});
  EXPECT_EQ(work.pending(), 1);
}

}  // namespace
}  // namespace everseal::jobs
