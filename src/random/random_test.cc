#include "random/random.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <set>

namespace everseal {
namespace {

TEST(RandomUuid, has_the_shape_of_version_four) {
  SystemRandom random;
  for (int round = 0; round < 100; ++round) {
    EXPECT_TRUE(
        RE2::FullMatch(random_uuid(random),
                       "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  }
}

TEST(RandomUuid, differs_each_time) {
  CountingRandom random;
  std::set<std::string> seen;
  for (int round = 0; round < 1000; ++round) seen.insert(random_uuid(random));
  EXPECT_EQ(seen.size(), 1000U);
}

TEST(RandomText, uses_every_letter_of_the_alphabet_and_no_other) {
  SystemRandom random;
  const auto text = random_text(random, "abc", 1000);
  EXPECT_EQ(text.size(), 1000U);
  EXPECT_EQ(std::set<char>(text.begin(), text.end()), (std::set<char>{'a', 'b', 'c'}));
}

}  // namespace
}  // namespace everseal
