#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "jobs/migrations.h"
#include "jobs/runner.h"
#include "sql/sqlite/open.h"

// For the tests of this folder: promised jobs, and what became of them.
namespace everseal::jobs {

inline TimePoint at(std::int64_t millis) { return from_millis(millis); }

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

}  // namespace everseal::jobs
