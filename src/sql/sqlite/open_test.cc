#include "sql/sqlite/open.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "latch/testing/many_threads.h"
#include "sql/sqlite/directory_lock.h"
#include "temporary_folder/temporary_folder.h"

namespace everseal::sql::sqlite {
namespace {

struct QuietLog {
  ManualClock clock{from_millis(0)};
  Log log{clock, LogLevel::Error, [](std::string_view) {}};
};

struct OnDisk {
  TemporaryFolder folder;
  QuietLog quiet;
  std::filesystem::path file = folder / "test.db";
  Result<std::unique_ptr<Database>> reopen() { return open(file, {}, quiet.log); }
  void fill(int rows) {
    auto database = *reopen();
    ASSERT_TRUE(database->write([&](Transaction& tx) -> Outcome {
      const auto made = tx.script("CREATE TABLE IF NOT EXISTS n (i INTEGER, t TEXT) STRICT");
      if (!made) return made;
      for (int i = 0; i < rows; ++i) {
        const auto done = tx.run("INSERT INTO n (i, t) VALUES ($1, $2)", i, std::string(1000, 'x'));
        if (!done) return done.error();
      }
      return {};
    }));
  }
  void overwrite(std::streamoff offset, const std::string& octets) const {
    std::fstream(file, std::ios::binary | std::ios::in | std::ios::out).seekp(offset) << octets;
  }
};

TEST(SqliteOpen, finds_what_was_written_before) {
  OnDisk disk;
  disk.fill(3);
  const auto count =
      (*disk.reopen())->read([](Snapshot& view) { return view.one("SELECT count(*) FROM n"); });
  EXPECT_EQ((*count)->integer(0), 3);
}

TEST(SqliteOpen, lets_only_the_owner_read_the_file) {
  OnDisk disk;
  disk.fill(1);
  struct stat status{};
  ASSERT_EQ(::stat(disk.file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST(SqliteOpen, refuses_a_file_that_is_no_database_and_leaves_it_alone) {
  OnDisk disk;
  const std::string text(5000, 'x');
  std::ofstream(disk.file) << text;
  const auto opened = disk.reopen();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Fault::Kind::Broken);
  EXPECT_NE(opened.error().cause.find("damaged"), std::string::npos) << opened.error().cause;
  std::ifstream file(disk.file);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), text);
}

TEST(SqliteOpen, refuses_the_database_of_another_program) {
  OnDisk disk;
  disk.fill(1);
  disk.overwrite(68, "ABCD");
  const auto opened = disk.reopen();
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().cause.find("another program"), std::string::npos);
}

TEST(SqliteOpen, refuses_a_database_whose_end_is_missing) {
  OnDisk disk;
  disk.fill(100);
  std::filesystem::resize_file(disk.file, std::filesystem::file_size(disk.file) - 4096);
  const auto opened = disk.reopen();
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().cause.find("damaged"), std::string::npos) << opened.error().cause;
}

TEST(SqliteOpen, refuses_a_database_whose_schema_is_damaged) {
  OnDisk disk;
  disk.fill(1);
  disk.overwrite(100, std::string(64, '\xff'));
  const auto opened = disk.reopen();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Fault::Kind::Broken);
}

TEST(SqliteOpen, answers_broken_where_a_page_is_damaged_and_goes_on_elsewhere) {
  OnDisk disk;
  disk.fill(1000);
  for (int page = 5; page < 200; ++page) {
    disk.overwrite(page * 4096, std::string(64, '\xff'));
  }
  const auto database = *disk.reopen();
  const auto sum =
      database->read([](Snapshot& view) { return view.one("SELECT sum(length(t)) FROM n"); });
  ASSERT_FALSE(sum);
  EXPECT_EQ(sum.error().kind, Fault::Kind::Broken);
  EXPECT_NE(sum.error().cause.find("damaged"), std::string::npos);
  EXPECT_TRUE(database->write(
      [](Transaction& tx) { return tx.script("CREATE TABLE m (i INTEGER) STRICT"); }));
}

TEST(SqliteOpen, says_that_a_folder_is_missing) {
  QuietLog quiet;
  const auto opened = open("/nowhere/at/all/test.db", {}, quiet.log);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Fault::Kind::Unavailable);
  EXPECT_NE(opened.error().cause.find("/nowhere/at/all/test.db"), std::string::npos);
}

TEST(DirectoryLock, is_held_by_one_also_when_its_file_is_removed_and_made_again) {
  const TemporaryFolder folder;
  for (int round = 0; round < 5; ++round) {
    std::atomic<int> holders{0};
    in_threads(4, [&](int /*thread*/) {
      for (int turn = 0; turn < 20; ++turn) {
        const auto lock = DirectoryLock::take(folder.path());
        if (!lock) continue;
        EXPECT_EQ(++holders, 1);
        --holders;
        std::filesystem::remove(folder / "lock");
      }
    });
  }
}

TEST(DirectoryLock, lets_one_in_and_tells_the_next_who_is_there) {
  TemporaryFolder folder;
  {
    const auto first = DirectoryLock::take(folder.path());
    ASSERT_TRUE(first);
    const auto second = DirectoryLock::take(folder.path());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, Fault::Kind::Conflict);
    EXPECT_NE(second.error().cause.find("in use by process " + std::to_string(::getpid())),
              std::string::npos)
        << second.error().cause;
  }
  EXPECT_TRUE(DirectoryLock::take(folder.path()));
}

}  // namespace
}  // namespace everseal::sql::sqlite
