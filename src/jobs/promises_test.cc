#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>

#include "jobs/migrations.h"
#include "jobs/runner.h"
#include "jobs/test_work.h"
#include "sql/sqlite/faults/faulty_vfs.h"
#include "sql/sqlite/open.h"
#include "temporary_folder/temporary_folder.h"

// No promise is lost, whatever the handlers do and the disk fails at.
namespace everseal::jobs {
namespace {

using namespace std::chrono_literals;

// Whatever is promised, repeated, cancelled and whatever fails: each promise is followed by a run
// that began after it, at its time if nothing failed; and time never goes back.
TEST(Promises, are_each_followed_by_a_run_at_their_time) {
  EXPECT_TRUE(rc::check([] {
    Work work;
    Runner runner(*work.database, work.clock, work.log,
                  {.first_pause = 10ms, .longest_pause = 80ms});
    std::map<std::string, std::int64_t> must_run_by;
    auto latest = work.now();
    bool in_order = true;
    const auto promise = [&](const std::string& key, std::int64_t due) {
      work.add("a", key, due);
      const auto known = must_run_by.find(key);
      must_run_by[key] = known == must_run_by.end() ? due : std::min(known->second, due);
    };
    const auto keys = rc::gen::element<std::string>("x", "y", "z");
    runner.handle("a", [&](const Execution& job) -> Result<Verdict> {
      in_order = in_order && work.now() >= latest;
      latest = work.now();
      must_run_by.erase(job.key);
      switch (*rc::gen::weightedElement<int>({{3, 0}, {1, 1}, {1, 2}, {1, 3}})) {
        case 0:
          return Verdict::done();
        case 1:
          promise(*keys, work.now() + *rc::gen::inRange(1, 50));
          return Verdict::done();
        case 2:
          must_run_by[job.key] = work.now() + 20;
          return Verdict::again(work.clock.now() + 20ms);
        default:
          must_run_by[job.key] = work.now() + 80;
          return Fault::unavailable("not now");
      }
    });
    const auto steps = *rc::gen::inRange(1, 25);
    for (int step = 0; step < steps; ++step) {
      switch (*rc::gen::inRange(0, 3)) {
        case 0:
          promise(*keys, work.now() + *rc::gen::inRange(-20, 100));
          break;
        case 1: {
          const auto key = *keys;
          must_run_by.erase(key);
          RC_ASSERT(work.database->write([&](sql::Transaction& tx) { return cancel(tx, "a", key); })
                        .has_value());
          break;
        }
        default: {
          RC_ASSERT(work.advance(runner, work.now() + *rc::gen::inRange(0, 60)).has_value());
          for (const auto& [key, time] : must_run_by) RC_ASSERT(time > work.now());
        }
      }
      RC_ASSERT(work.pending() == static_cast<std::int64_t>(must_run_by.size()));
    }
    RC_ASSERT(in_order);
  }));
}

// The disk fails at step n, for every n, while a job runs that changes a row: the job is run again
// until it succeeded, and is gone then.
TEST(Promises, are_kept_whenever_the_disk_fails) {
  bool failed = true;
  for (std::uint64_t step = 0; failed; ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    const TemporaryFolder folder;
    {
      sql::sqlite::FaultyVfs disk;
      ManualClock clock{at(1000)};
      Log log{clock, LogLevel::Error, [](std::string_view) {}};
      const auto database = *sql::sqlite::open(folder / "test.db", {.vfs = disk.name()}, log);
      ASSERT_TRUE(sql::migrate(*database, {migrations()}));
      ASSERT_TRUE(database->write([](sql::Transaction& tx) -> Outcome {
        const auto made = tx.script("CREATE TABLE done (i INTEGER) STRICT");
        if (!made) return made;
        return add(tx, {"a", "x", at(2000), ""});
      }));
      Runner runner(*database, clock, log);
      runner.handle("a", [&](const Execution&) -> Result<Verdict> {
        const auto written = database->write(
            [](sql::Transaction& tx) { return tx.run("INSERT INTO done (i) VALUES (1)"); });
        if (!written) return written.error();
        return Verdict::done();
      });
      disk.fail_once(step, sql::sqlite::FaultyVfs::Failure::DiskFull);
      const auto set_clock = [&](TimePoint now) -> Outcome {
        clock.set(now);
        return {};
      };
      static_cast<void>(runner.run_until(clock.now() + 1h, set_clock));
      failed = disk.failed();
      disk.heal();
      ASSERT_TRUE(runner.run_until(clock.now() + 2h, set_clock));
      ASSERT_TRUE(database->read([](sql::Snapshot& view) -> Outcome {
        EXPECT_GE((*view.one("SELECT count(*) FROM done"))->integer(0), 1);
        EXPECT_EQ((*view.one("SELECT count(*) FROM jobs_job"))->integer(0), 0);
        return {};
      }));
    }
  }
}

}  // namespace
}  // namespace everseal::jobs
