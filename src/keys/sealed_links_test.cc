#include "keys/sealed_links.h"

#include <gtest/gtest.h>

#include "keys/master_key.h"
#include "random/random.h"

namespace everseal::keys {
namespace {

struct Links : testing::Test {
  SealedLinks of(SealedLinks::Kind kind) {
    return {vault, clock, [] { return std::string("https://here"); }, kind};
  }
  std::string link() {
    auto made = files.to("7/file\nwith lines");
    return made ? *made : made.error().cause;
  }
  // Of a link its path, as a request has it.
  static std::string path(const std::string& link) {
    return link.substr(std::string_view("https://here").size());
  }

  SystemRandom random;
  MasterKey master = MasterKey::in_memory(random);
  Vault vault{master, random};
  ManualClock clock{from_millis(1'740'830'400'000)};
  SealedLinks files = of({.context = "test.file", .path = "/.files/"});
};

TEST_F(Links, lead_to_what_they_were_made_for) {
  const auto made = link();
  EXPECT_TRUE(made.starts_with("https://here/.files/"));
  const auto opened = files.open(path(made));
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->goal, "7/file\nwith lines");
  EXPECT_FALSE(opened->is_over);
}

TEST_F(Links, are_over_after_ten_minutes) {
  const auto made = path(link());
  clock.advance(SealedLinks::validity);
  EXPECT_FALSE(files.open(made)->is_over);
  clock.advance(std::chrono::milliseconds{1});
  EXPECT_TRUE(files.open(made)->is_over);
}

TEST_F(Links, cannot_be_made_up) {
  const auto made = path(link());
  auto other = made;
  other.back() = other.back() == '0' ? '1' : '0';
  for (const std::string& wrong :
       {other, made + "00", made.substr(1), std::string("/.files/"), std::string("/.files/zz"),
        std::string("/"), "/.files/" + std::string(4096, '0')}) {
    EXPECT_FALSE(files.open(wrong)) << wrong;
  }
}

TEST_F(Links, of_one_kind_are_none_of_another) {
  const auto token = path(link()).substr(std::string_view("/.files/").size());
  EXPECT_FALSE(of({.context = "test.other", .path = "/.files/"}).open("/.files/" + token));
  EXPECT_FALSE(of({.context = "test.file", .path = "/.others/"}).open("/.files/" + token));
}

}  // namespace
}  // namespace everseal::keys
