#include "checksum/crc.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <string_view>

namespace everseal::checksum {
namespace {

constexpr std::string_view check = "123456789";

TEST(Crc, says_what_their_standards_say_of_123456789) {
  EXPECT_EQ(crc32(0, as_bytes(check)), 0xcbf43926U);
  EXPECT_EQ(crc32c(0, as_bytes(check)), 0xe3069283U);
  EXPECT_EQ(crc64nvme(0, as_bytes(check)), 0xae8b14860a799888U);
}

TEST(Crc, says_zero_of_nothing) {
  EXPECT_EQ(crc32(0, {}), 0U);
  EXPECT_EQ(crc32c(0, {}), 0U);
  EXPECT_EQ(crc64nvme(0, {}), 0U);
}

TEST(Crc, is_the_same_however_the_octets_are_cut) {
  rc::check([](const Bytes& octets) {
    const auto cut = *rc::gen::inRange<std::size_t>(0, octets.size() + 1);
    const ByteView all(octets);
    const auto first = all.first(cut);
    const auto second = all.subspan(cut);
    RC_ASSERT(crc32(crc32(0, first), second) == crc32(0, all));
    RC_ASSERT(crc32c(crc32c(0, first), second) == crc32c(0, all));
    RC_ASSERT(crc64nvme(crc64nvme(0, first), second) == crc64nvme(0, all));
  });
}

TEST(Crc, of_two_texts_joined_follows_from_both) {
  rc::check([](const Bytes& first, const Bytes& second) {
    Bytes all = first;
    all.insert(all.end(), second.begin(), second.end());
    const auto length = second.size();
    RC_ASSERT(joined_crc32(crc32(0, first), crc32(0, second), length) == crc32(0, all));
    RC_ASSERT(joined_crc32c(crc32c(0, first), crc32c(0, second), length) == crc32c(0, all));
    RC_ASSERT(joined_crc64nvme(crc64nvme(0, first), crc64nvme(0, second), length) ==
              crc64nvme(0, all));
  });
}

TEST(Crc, joins_what_is_longer_than_any_memory) {
  // 2^40 zeros twice are 2^41 zeros.
  const auto zeros = [](int doublings) {
    const Bytes one(1, 0);
    std::uint32_t sum = crc32c(0, one);
    for (int i = 0; i < doublings; ++i) sum = joined_crc32c(sum, sum, std::uint64_t{1} << i);
    return sum;
  };
  const Bytes megabyte(1 << 20, 0);
  EXPECT_EQ(zeros(20), crc32c(0, megabyte));
  EXPECT_EQ(joined_crc32c(zeros(40), zeros(40), std::uint64_t{1} << 40), zeros(41));
}

}  // namespace
}  // namespace everseal::checksum
