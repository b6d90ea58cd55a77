#include "clock/clock.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "clock/time_text.h"

namespace everseal {
namespace {

constexpr std::int64_t kMoment = 1735787045678;  // 2025-01-02T03:04:05.678Z

TEST(ManualClock, stands_still_until_it_is_moved) {
  ManualClock clock{from_millis(kMoment)};
  EXPECT_EQ(to_millis(clock.now()), kMoment);
  clock.advance(std::chrono::hours{1});
  EXPECT_EQ(to_millis(clock.now()), kMoment + 3'600'000);
}

TEST(TimeText, spells_a_moment_as_each_protocol_wants_it) {
  const auto time = from_millis(kMoment);
  EXPECT_EQ(to_iso8601(time), "2025-01-02T03:04:05Z");
  EXPECT_EQ(to_iso8601_millis(time), "2025-01-02T03:04:05.678Z");
  EXPECT_EQ(to_iso8601_basic(time), "20250102T030405Z");
  EXPECT_EQ(to_http_date(time), "Thu, 02 Jan 2025 03:04:05 GMT");
}

TEST(TimeText, reads_offsets_and_fractions) {
  EXPECT_EQ(to_millis(*parse_iso8601("2025-01-02T04:04:05.678+01:00")), kMoment);
  EXPECT_EQ(to_millis(*parse_iso8601("2025-01-02T03:04:05.6789Z")), kMoment);
}

TEST(TimeText, refuses_dates_that_do_not_exist) {
  for (const auto* text : {"2025-02-29T00:00:00Z", "2025-01-02T24:00:00Z", "2025-1-02T00:00:00Z",
                           "2025-01-02T00:00:00", "2025-01-02T00:00:00Zx", ""}) {
    EXPECT_FALSE(parse_iso8601(text)) << text;
  }
}

TEST(TimeText, reads_back_what_it_wrote) {
  EXPECT_TRUE(rc::check([] {
    const auto second = *rc::gen::inRange<std::int64_t>(0, 253402300799);
    const auto time = from_millis(second * 1000);
    RC_ASSERT(*parse_iso8601(to_iso8601(time)) == time);
    RC_ASSERT(*parse_iso8601_basic(to_iso8601_basic(time)) == time);
    RC_ASSERT(*parse_http_date(to_http_date(time)) == time);
  }));
}

}  // namespace
}  // namespace everseal
