#include "services/s3/outages.h"

#include <gtest/gtest.h>

namespace everseal::s3 {
namespace {

using namespace std::chrono_literals;

const TimePoint noon = from_millis(1'740'830'400'000);

TEST(Outages, let_a_bucket_be_tried_once_a_pause_that_doubles) {
  Outages outages(1min, 3min);
  EXPECT_FALSE(outages.must_wait_until("crls", noon));
  EXPECT_EQ(outages.failed("crls", noon).next_try, noon + 1min);
  EXPECT_EQ(outages.must_wait_until("crls", noon + 59s), noon + 1min);
  EXPECT_FALSE(outages.must_wait_until("crls", noon + 1min));
  EXPECT_EQ(outages.must_wait_until("crls", noon + 1min), noon + 1min + Outages::longest_try);
  EXPECT_EQ(outages.failed("crls", noon + 1min).next_try, noon + 3min);
  EXPECT_EQ(outages.failed("crls", noon + 3min).next_try, noon + 6min);
  EXPECT_FALSE(outages.must_wait_until("reports", noon));
}

TEST(Outages, begin_and_end_once) {
  Outages outages(1min, 8min);
  EXPECT_FALSE(outages.reached("crls"));
  EXPECT_TRUE(outages.failed("crls", noon).began);
  const auto second = outages.failed("crls", noon + 1s);
  EXPECT_FALSE(second.began);
  EXPECT_EQ(second.next_try, noon + 1min);
  EXPECT_TRUE(outages.reached("crls"));
  EXPECT_FALSE(outages.reached("crls"));
  EXPECT_FALSE(outages.must_wait_until("crls", noon + 2s));
}

}  // namespace
}  // namespace everseal::s3
