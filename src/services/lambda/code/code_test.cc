#include <gtest/gtest.h>
#include <zip.h>

#include <fstream>
#include <stdexcept>

#include "services/lambda/code/archive.h"
#include "services/lambda/code/code_folders.h"
#include "temporary_folder/temporary_folder.h"

namespace everseal::lambda::code {
namespace {

namespace fs = std::filesystem;

struct File {
  std::string name;
  std::string text;
  std::uint32_t mode = 0100644;
};

class CodeTest : public testing::Test {
 protected:
  CodeTest() { fs::create_directory(folder / "out"); }

  Bytes zip_of(const std::vector<File>& files, bool encrypted = false) const {
    const auto path = folder / "made.zip";
    zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    for (const auto& [name, text, mode] : files) {
      auto* source = zip_source_buffer(archive, text.data(), text.size(), 0);
      const auto index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
      zip_file_set_external_attributes(archive, static_cast<zip_uint64_t>(index), 0, ZIP_OPSYS_UNIX,
                                       mode << 16U);
      if (encrypted) {
        zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, "x");
      }
    }
    if (zip_close(archive) != 0) throw std::runtime_error("zip_close");
    std::ifstream stream(path, std::ios::binary);
    return to_bytes(std::string(std::istreambuf_iterator<char>(stream), {}));
  }
  std::string refusal(ByteView zip) const {
    const auto done = unpack(zip, folder / "out");
    if (done) return "(none)";
    EXPECT_EQ(done.error().kind, Fault::Kind::Malformed);
    return done.error().cause;
  }
  std::string read(const std::string& name) const {
    std::ifstream stream(folder / "out" / name);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  TemporaryFolder folder;
};

using AnArchive = CodeTest;
using TheCodeFolders = CodeTest;

TEST_F(AnArchive, is_unpacked_with_what_may_be_executed) {
  const auto zip = zip_of(
      {{"main.py", "code"}, {"package/deep/x.py", "more"}, {"bootstrap", "#!/bin/sh", 0100755}});
  ASSERT_EQ(refusal(zip), "(none)");
  EXPECT_EQ(read("main.py"), "code");
  EXPECT_EQ(read("package/deep/x.py"), "more");
  EXPECT_EQ(fs::status(folder / "out/bootstrap").permissions(), fs::perms(0755));
  EXPECT_EQ(fs::status(folder / "out/main.py").permissions(), fs::perms(0644));
}

TEST_F(AnArchive, stays_in_its_folder) {
  for (const auto* name : {"../out.py", "/etc/cron.d/x", "a/../../x", "a\\..\\x", "./a", "a//b"}) {
    EXPECT_NE(refusal(zip_of({{name, "x"}})).find("does not lie in the folder"), std::string::npos)
        << name;
  }
  EXPECT_FALSE(fs::exists(folder / "out.py"));
}

TEST_F(AnArchive, has_no_links_and_no_devices) {
  EXPECT_NE(refusal(zip_of({{"link", "/etc/passwd", 0120777}})).find("neither a file nor a folder"),
            std::string::npos);
  EXPECT_NE(refusal(zip_of({{"device", "", 0020666}})).find("neither a file nor a folder"),
            std::string::npos);
}

TEST_F(AnArchive, is_not_encrypted) {
  EXPECT_NE(refusal(zip_of({{"main.py", "code"}}, true)).find("is encrypted"), std::string::npos);
}

TEST_F(AnArchive, is_no_file_and_folder_at_once) {
  EXPECT_NE(refusal(zip_of({{"a", "x"}, {"a/b", "x"}})).find("beside the others"),
            std::string::npos);
}

TEST_F(AnArchive, is_no_bomb) {
  const std::string zeros(90 << 20, '\0');
  const auto bomb = zip_of({{"a", zeros}, {"b", zeros}, {"c", zeros}});
  EXPECT_LT(bomb.size(), 1U << 20U);
  EXPECT_EQ(refusal(bomb), "it unzips to more than 262144000 bytes");
}

TEST_F(AnArchive, is_a_zip_file) {
  EXPECT_NE(refusal(to_bytes("not a zip")).find("no zip file"), std::string::npos);
  EXPECT_NE(refusal({}).find("no zip file"), std::string::npos);
  auto damaged = zip_of({{"main.py", std::string(1000, 'x')}});
  damaged[40] ^= 0xffU;
  EXPECT_NE(refusal(damaged), "(none)");
  damaged.resize(damaged.size() / 2);
  EXPECT_NE(refusal(damaged), "(none)");
}

TEST_F(TheCodeFolders, keep_code_while_somebody_uses_it) {
  CountingRandom random;
  auto folders = CodeFolders::create(folder / "root", random);
  ASSERT_TRUE(folders);
  int loads = 0;
  const auto load = [&]() -> Result<Bytes> {
    ++loads;
    return zip_of({{"main.py", "code"}});
  };
  auto first = (*folders)->get("digest", load);
  auto second = (*folders)->get("digest", load);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(loads, 1);
  const fs::path place = **first;
  *first = nullptr;
  EXPECT_TRUE(fs::exists(place / "main.py"));
  *second = nullptr;
  EXPECT_FALSE(fs::exists(place));
  ASSERT_TRUE((*folders)->get("digest", load));
  EXPECT_EQ(loads, 2);
}

TEST_F(TheCodeFolders, leave_nothing_of_what_cannot_be_unpacked) {
  CountingRandom random;
  auto folders = CodeFolders::create(folder / "root", random);
  ASSERT_TRUE(folders);
  EXPECT_FALSE((*folders)->get("digest", [&] { return zip_of({{"a", "x"}, {"../b", "x"}}); }));
  EXPECT_TRUE(fs::is_empty(folder / "root"));
}

}  // namespace
}  // namespace everseal::lambda::code
