#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

#include "clock/clock.h"
#include "services/s3/directory_storage.h"
#include "services/s3/memory_storage.h"
#include "services/s3/migrations.h"
#include "services/s3/object_files.h"
#include "sql/sqlite/open.h"
#include "temporary_folder/temporary_folder.h"

namespace everseal::s3 {
namespace {

namespace fs = std::filesystem;

std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>((i * 31 + i / 251) & 0xff);
  return text;
}

class FilesTest : public testing::Test {
 protected:
  explicit FilesTest(std::unique_ptr<Storage> kept_in) : storage(std::move(kept_in)) {}
  FilesTest() : FilesTest(std::make_unique<MemoryStorage>()) {}

  // Its name.
  Segment put(std::string_view text, std::size_t piece = 10'000) {
    auto file = *files.create();
    for (auto rest = text; !rest.empty(); rest.remove_prefix(std::min(piece, rest.size()))) {
      if (!file->append(as_bytes(rest.substr(0, piece)))) throw std::runtime_error("append");
    }
    if (!file->publish()) throw std::runtime_error("publish");
    file->keep();
    return {file->name(), file->size()};
  }
  // What is there, or "damaged" where it ends early.
  std::string get(std::vector<Segment> segments, std::uint64_t offset, std::uint64_t length) {
    auto source = files.read(std::move(segments), offset, length);
    if (!source) return source.error().kind == Fault::Kind::Conflict ? "gone" : "damaged";
    std::string text;
    Bytes space(30'000);
    while (true) {
      const auto read = (*source)->read(space);
      if (!read) return text + "damaged";
      if (*read == 0) return text;
      text += as_text(ByteView(space).first(*read));
    }
  }

  ManualClock clock{TimePoint()};
  CountingRandom random;
  Log log{clock, LogLevel::Error, [](std::string_view) {}};
  std::unique_ptr<Storage> storage;
  ObjectFiles files{*storage, random, log};
};

struct Folder {
  std::vector<fs::path> paths() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (entry.is_regular_file()) found.push_back(entry.path());
    }
    return found;
  }
  TemporaryFolder folder;
  fs::path root = folder.path();
};

// The same on a disk.
class DirectoryTest : protected Folder, public FilesTest {
 protected:
  DirectoryTest() : FilesTest(*DirectoryStorage::open(root / "objects")) {}
};

using ObjectFilesInMemory = FilesTest;
using ObjectFilesOnDisk = DirectoryTest;

TEST_F(ObjectFilesInMemory, give_back_what_was_written) {
  for (const std::size_t size : {0U, 1U, 65'535U, 65'536U, 65'537U, 300'000U, 1'000'000U}) {
    const auto text = pattern(size);
    EXPECT_EQ(get({put(text)}, 0, size), text) << size;
  }
}

TEST_F(ObjectFilesOnDisk, give_back_what_was_written) {
  for (const std::size_t size : {0U, 1U, 65'536U, 65'537U, 300'000U}) {
    const auto text = pattern(size);
    EXPECT_EQ(get({put(text)}, 0, size), text) << size;
  }
}

TEST_F(ObjectFilesInMemory, give_back_any_range_across_segments) {
  const auto text = pattern(400'000);
  const std::vector<Segment> segments{put(text.substr(0, 100'000)), put(""),
                                      put(text.substr(100'000, 65'536)), put(text.substr(165'536))};
  for (const std::size_t offset : {0U, 1U, 65'535U, 99'999U, 100'000U, 165'536U, 399'999U}) {
    for (const std::size_t length : {0U, 1U, 2U, 65'536U, 200'000U}) {
      if (offset + length > text.size()) continue;
      EXPECT_EQ(get(segments, offset, length), text.substr(offset, length));
    }
  }
}

TEST_F(ObjectFilesInMemory, send_nothing_of_a_block_that_is_damaged) {
  const auto text = pattern(200'000);
  const auto file = put(text);
  static_cast<MemoryStorage&>(*storage).damage(file.file, 150'000);
  EXPECT_EQ(get({file}, 0, 200'000), text.substr(0, 131'072) + "damaged");
  EXPECT_EQ(get({file}, 140'000, 10), "damaged");
  EXPECT_EQ(get({file}, 0, 100'000), text.substr(0, 100'000));
}

TEST_F(ObjectFilesOnDisk, notice_a_file_that_was_cut_or_swapped) {
  const auto first = put(pattern(100'000));
  const auto second = put(pattern(100'000));
  const auto stored = Folder::paths();
  ASSERT_EQ(stored.size(), 2U);
  fs::copy_file(stored[0], stored[1], fs::copy_options::overwrite_existing);
  const auto whole = pattern(100'000);
  EXPECT_NE(get({first}, 0, 100'000) == whole, get({second}, 0, 100'000) == whole);
  fs::resize_file(stored[0], 70'000);
  EXPECT_NE(get({first}, 0, 100'000), whole);
  EXPECT_NE(get({second}, 0, 100'000), whole);
}

TEST_F(ObjectFilesOnDisk, leave_nothing_of_what_was_not_kept) {
  {
    auto file = *files.create();
    ASSERT_TRUE(file->append(as_bytes("half of it")));
    EXPECT_EQ(Folder::paths().size(), 1U);
  }
  EXPECT_TRUE(Folder::paths().empty());
  {
    auto file = *files.create();
    ASSERT_TRUE(file->append(as_bytes("all of it")));
    ASSERT_TRUE(file->publish());
  }
  EXPECT_TRUE(Folder::paths().empty());
}

TEST_F(ObjectFilesOnDisk, are_read_to_the_end_while_they_are_removed) {
  const auto text = pattern(200'000);
  const auto file = put(text);
  auto source = *files.read({file}, 0, text.size());
  files.remove({file.file});
  EXPECT_EQ(get({file}, 0, 1), "gone");
  std::string read;
  Bytes space(200'000);
  while (const auto count = *source->read(space)) read += as_text(ByteView(space).first(count));
  EXPECT_EQ(read, text);
}

TEST_F(ObjectFilesOnDisk, sweep_away_what_no_row_names) {
  auto database = *sql::sqlite::open_in_memory({}, log);
  ASSERT_TRUE(sql::migrate(*database, {migrations()}));
  const auto kept = put("kept");
  put("an orphan");
  put("another");
  const auto named = database->write([&](sql::Transaction& tx) {
    return tx.run(
        "INSERT INTO s3_file (id, owner, part, size, etag, checksum, modified_at) "
        "VALUES ($1, 'o', 1, 4, '', '', 0)",
        kept.file);
  });
  ASSERT_TRUE(named);
  EXPECT_EQ(*files.sweep(*database), 2U);
  EXPECT_EQ(Folder::paths().size(), 1U);
  EXPECT_EQ(get({kept}, 0, 4), "kept");
  EXPECT_EQ(*files.sweep(*database), 0U);
}

TEST_F(ObjectFilesOnDisk, forget_at_the_start_what_was_being_written) {
  std::ofstream(root / "objects" / "incoming" / "0123456789abcdef") << "half";
  ASSERT_TRUE(DirectoryStorage::open(root / "objects"));
  EXPECT_TRUE(Folder::paths().empty());
}

}  // namespace
}  // namespace everseal::s3
