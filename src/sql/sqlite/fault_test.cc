#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <random>
#include <set>
#include <string>

#include "latch/testing/many_threads.h"
#include "sql/sqlite/faults/faulty_vfs.h"
#include "sql/sqlite/open.h"
#include "temporary_folder/temporary_folder.h"

// The disk fails at step n, for every n; the power goes; the process is killed.
namespace everseal::sql::sqlite {
namespace {

using Failure = FaultyVfs::Failure;
using Names = std::set<std::string>;

// Its files are in memory if there is a place for that: the real disk is not the point.
class FaultyDisk {
 public:
  // A small checkpoint distance, so that few writes meet every kind of step.
  Result<std::unique_ptr<Database>> try_open() {
    return open(folder_ / "test.db", {.pages_between_checkpoints = 10, .vfs = vfs.name()}, log);
  }
  std::unique_ptr<Database> reopen() {
    auto opened = try_open();
    if (!opened) throw std::runtime_error(opened.error().cause);
    return *std::move(opened);
  }
  std::unique_ptr<Database> reopen_with_table() {
    auto database = reopen();
    const auto made = database->write([](Transaction& tx) {
      return tx.script("CREATE TABLE thing (name TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT");
    });
    if (!made) throw std::runtime_error(made.error().cause);
    return database;
  }

  FaultyVfs vfs;
  std::vector<std::string> lines;
  ManualClock clock{from_millis(0)};
  Log log{clock, LogLevel::Info, [this](std::string_view line) { lines.emplace_back(line); }};

 private:
  TemporaryFolder folder_ = TemporaryFolder::quick();
};

// One transaction of several pages: name-0, name-1, ...
constexpr int kRowsEach = 8;
Outcome insert(Database& database, const std::string& name) {
  return database.write([&](Transaction& tx) -> Outcome {
    for (int i = 0; i < kRowsEach; ++i) {
      const auto done = tx.run("INSERT INTO thing (name, content) VALUES ($1, $2)",
                               name + "-" + std::to_string(i), std::string(1000, 'x'));
      if (!done) return done.error();
    }
    return {};
  });
}

void expect_exactly(Database& database, const Names& names) {
  Names expected;
  for (const auto& name : names) {
    for (int i = 0; i < kRowsEach; ++i) expected.insert(name + "-" + std::to_string(i));
  }
  Names found;
  EXPECT_TRUE(database.read([&](Snapshot& view) {
    return view.each("SELECT name FROM thing", {}, [&](const Row& row) {
      found.insert(row.text(0));
      return true;
    });
  }));
  EXPECT_EQ(found, expected);
}

// Several transactions, noting which were answered well.
void insert_several(Database& database, const std::string& prefix, Names& kept) {
  for (int i = 0; i < 4; ++i) {
    const auto name = prefix + std::to_string(i);
    const auto outcome = insert(database, name);
    if (outcome) {
      kept.insert(name);
    } else {
      EXPECT_EQ(outcome.error().kind, Fault::Kind::Unavailable) << outcome.error().cause;
    }
  }
}

class EachFailure : public testing::TestWithParam<Failure> {};
INSTANTIATE_TEST_SUITE_P(SqliteDatabase, EachFailure,
                         testing::Values(Failure::DiskFull, Failure::Error),
                         [](const auto& failure) {
                           return std::string(failure.param == Failure::DiskFull ? "disk_full"
                                                                                 : "disk_error");
                         });

TEST_P(EachFailure, at_any_step_keeps_exactly_what_was_answered_and_recovers) {
  bool failed = true;
  for (std::uint64_t step = 0; failed; ++step) {
    FaultyDisk disk;
    auto database = disk.reopen_with_table();
    Names kept;
    insert_several(*database, "before", kept);
    disk.vfs.fail_once(step, GetParam());
    insert_several(*database, "during", kept);
    failed = disk.vfs.failed();
    disk.vfs.heal();
    expect_exactly(*database, kept);
    ASSERT_TRUE(insert(*database, "after")) << "step " << step;
    kept.insert("after");
    expect_exactly(*database, kept);
    database.reset();
    expect_exactly(*disk.reopen(), kept);
  }
}

TEST_P(EachFailure, at_any_step_brings_nothing_back_when_the_power_goes_next) {
  bool failed = true;
  for (std::uint64_t step = 0; failed; ++step) {
    FaultyDisk disk;
    auto database = disk.reopen_with_table();
    Names kept;
    disk.vfs.fail_once(step, GetParam());
    insert_several(*database, "name", kept);
    failed = disk.vfs.failed();
    disk.vfs.lose_power_at(0);
    database.reset();
    disk.vfs.restore_power();
    SCOPED_TRACE("step " + std::to_string(step));
    expect_exactly(*disk.reopen(), kept);
  }
}

// Without a loss of power all that was written is found, synced or not.
TEST_P(EachFailure, at_any_step_brings_nothing_back_when_the_process_is_killed_next) {
  bool failed = true;
  for (std::uint64_t step = 0; failed; ++step) {
    FaultyDisk disk;
    auto database = disk.reopen_with_table();
    disk.vfs.fail_once(step, GetParam());
    Names kept;
    if (insert(*database, "name")) kept.insert("name");
    failed = disk.vfs.failed();
    disk.vfs.fail_from(0, Failure::Error);
    database.reset();
    disk.vfs.heal();
    SCOPED_TRACE("step " + std::to_string(step));
    expect_exactly(*disk.reopen(), kept);
  }
}

TEST_P(EachFailure, at_any_step_of_opening_is_told_and_harms_nothing) {
  bool failed = true;
  for (std::uint64_t step = 0; failed; ++step) {
    FaultyDisk disk;
    disk.vfs.fail_once(step, GetParam());
    if (const auto opened = disk.try_open(); !opened) {
      EXPECT_EQ(opened.error().kind, Fault::Kind::Unavailable) << opened.error().cause;
    }
    failed = disk.vfs.failed();
    disk.vfs.heal();
    SCOPED_TRACE("step " + std::to_string(step));
    expect_exactly(*disk.reopen_with_table(), {});
  }
}

TEST_P(EachFailure, refuses_writes_keeps_reads_and_goes_on_when_it_is_over) {
  FaultyDisk disk;
  auto database = disk.reopen_with_table();
  ASSERT_TRUE(insert(*database, "before"));
  disk.vfs.fail_from(0, GetParam());
  for (int i = 0; i < 5; ++i) {
    const auto outcome = insert(*database, "during");
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, Fault::Kind::Unavailable);
    expect_exactly(*database, {"before"});
  }
  disk.vfs.heal();
  EXPECT_TRUE(insert(*database, "after"));
  expect_exactly(*database, {"before", "after"});
  ASSERT_EQ(disk.lines.size(), 2U);
  EXPECT_NE(disk.lines[0].find("database.cannot_write"), std::string::npos);
  EXPECT_NE(disk.lines[1].find("database.writes_again"), std::string::npos);
}

TEST_P(EachFailure, tells_each_of_many_threads_the_truth) {
  FaultyDisk disk;
  auto database = disk.reopen_with_table();
  constexpr int kThreads = 6;
  std::array<Names, kThreads> kept;
  in_threads(kThreads, [&](int thread) {
    std::minstd_rand random(static_cast<unsigned>(thread));
    for (int i = 0; i < 10; ++i) {
      disk.vfs.fail_once(random() % 60, GetParam());
      insert_several(*database, std::to_string(thread) + "/" + std::to_string(i) + "/",
                     kept.at(static_cast<std::size_t>(thread)));
    }
  });
  disk.vfs.heal();
  Names all;
  for (auto& names : kept) all.merge(names);
  EXPECT_FALSE(all.empty());
  expect_exactly(*database, all);
  database.reset();
  expect_exactly(*disk.reopen(), all);
}

TEST(PowerLoss, at_any_step_loses_nothing_that_was_answered) {
  bool lost = true;
  for (std::uint64_t step = 0; lost; ++step) {
    FaultyDisk disk;
    auto database = disk.reopen_with_table();
    Names kept;
    disk.vfs.lose_power_at(step);
    insert_several(*database, "name", kept);
    lost = disk.vfs.failed();
    database.reset();
    disk.vfs.restore_power();
    SCOPED_TRACE("step " + std::to_string(step));
    expect_exactly(*disk.reopen(), kept);
  }
}

// Writes with several threads until it is killed; each name goes to the pipe when it is answered.
[[noreturn]] void write_until_killed(FaultyDisk& disk, int pipe) {
  const auto database = disk.reopen();
  in_threads(4, [&](int thread) {
    for (int i = 0;; ++i) {
      const auto name =
          std::to_string(::getpid()) + "." + std::to_string(thread) + "." + std::to_string(i);
      if (!insert(*database, name)) ::_exit(1);
      const auto line = name + "\n";
      if (::write(pipe, line.data(), line.size()) < 0) ::_exit(1);
    }
  });
  ::_exit(1);
}

// What the child answered, up to the moment when it is killed after `lines` of them.
Names run_and_kill(FaultyDisk& disk, int lines) {
  std::array<int, 2> ends{};
  EXPECT_EQ(::pipe(ends.data()), 0);
  const auto child = ::fork();
  if (child == 0) write_until_killed(disk, ends[1]);
  ::close(ends[1]);
  std::string text;
  std::array<char, 4096> buffer{};
  ssize_t count = 0;
  while ((count = ::read(ends[0], buffer.data(), buffer.size())) > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(count));
    if (std::count(text.begin(), text.end(), '\n') >= lines) ::kill(child, SIGKILL);
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  Names answered;
  for (std::size_t from = 0, to = 0; (to = text.find('\n', from)) != std::string::npos;
       from = to + 1) {
    answered.insert(text.substr(from, to - from));
  }
  return answered;
}

TEST(Kill, at_any_moment_loses_nothing_that_was_answered) {
  FaultyDisk disk;
  disk.reopen_with_table().reset();
  Names answered;
  for (const int lines : {1, 30, 120, 61}) {
    answered.merge(run_and_kill(disk, lines));
    const auto database = disk.reopen();
    EXPECT_TRUE(database->read([&](Snapshot& view) -> Outcome {
      for (const auto& name : answered) {
        const auto rows = view.one("SELECT count(*) FROM thing WHERE name BETWEEN $1 AND $2",
                                   name + "-0", name + "-9");
        if (!rows) return rows.error();
        EXPECT_EQ((*rows)->integer(0), kRowsEach) << name;
      }
      const auto all = view.one("SELECT count(*) FROM thing");
      if (!all) return all.error();
      EXPECT_EQ((*all)->integer(0) % kRowsEach, 0);
      return {};
    }));
  }
}

}  // namespace
}  // namespace everseal::sql::sqlite
