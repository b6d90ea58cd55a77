#include "jobs/runner.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "jobs/queue.h"
#include "jobs/test_work.h"

namespace everseal::jobs {
namespace {

using namespace std::chrono_literals;

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

TEST(Runner, postpones_a_job_without_a_word) {
  Work work;
  std::vector<std::string> lines;
  Log log(work.clock, LogLevel::Info, [&](std::string_view line) { lines.emplace_back(line); });
  Runner runner(*work.database, work.clock, log);
  int runs = 0;
  runner.handle("a", [&](const Execution&) -> Result<Verdict> {
    return ++runs == 3 ? Verdict::done() : Verdict::postponed(work.clock.now() + 1s);
  });
  work.add("a", "x", 2000);
  EXPECT_TRUE(work.advance(runner, 3500));
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(lines, Entries{});
  EXPECT_TRUE(work.advance(runner, 4000));
  EXPECT_EQ(lines.size(), 1U);
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

TEST(Runner, lets_a_job_of_many_parts_do_all_of_them_at_the_same_moment) {
  Work work;
  Runner runner(*work.database, work.clock, work.log);
  int parts = 0;
  runner.handle("a", [&](const Execution&) -> Result<Verdict> {
    return ++parts < 250 ? Verdict::unfinished(work.clock.now()) : Verdict::done();
  });
  work.add("a", "x", 2000);
  EXPECT_TRUE(work.advance(runner, 2000));
  EXPECT_EQ(parts, 250);
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

}  // namespace
}  // namespace everseal::jobs
