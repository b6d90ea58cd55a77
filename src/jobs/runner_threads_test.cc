#include "jobs/runner.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <set>
#include <thread>

#include "jobs/queue.h"
#include "jobs/test_work.h"

namespace everseal::jobs {
namespace {

using namespace std::chrono_literals;

std::chrono::steady_clock::time_point now() { return std::chrono::steady_clock::now(); }
std::chrono::steady_clock::time_point in_time() { return now() + 1min; }

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
