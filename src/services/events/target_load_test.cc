#include "services/events/target_load.h"

#include <gtest/gtest.h>

#include <chrono>

namespace everseal::events {
namespace {

using std::chrono::hours;

const TimePoint now{hours{500'000}};

TEST(TargetLoad, a_target_has_two_deliveries_in_hand) {
  TargetLoad load;
  EXPECT_TRUE(load.enter(1));
  EXPECT_TRUE(load.enter(1));
  EXPECT_FALSE(load.enter(1));
  EXPECT_TRUE(load.enter(2));
  load.leave(1, /*took_it=*/true, now);
  EXPECT_TRUE(load.enter(1));
}

TEST(TargetLoad, one_that_did_not_take_an_event_has_one_until_it_takes_one) {
  TargetLoad load;
  EXPECT_TRUE(load.enter(1));
  load.leave(1, /*took_it=*/false, now);
  EXPECT_TRUE(load.enter(1));
  EXPECT_FALSE(load.enter(1));
  load.leave(1, /*took_it=*/true, now);
  EXPECT_TRUE(load.enter(1));
  EXPECT_TRUE(load.enter(1));
}

TEST(TargetLoad, those_that_do_not_take_events_leave_threads_to_others) {
  TargetLoad load;
  for (const auto target : {1, 2, 3}) {
    EXPECT_TRUE(load.enter(target));
    load.leave(target, /*took_it=*/false, now);
  }
  EXPECT_TRUE(load.enter(1));
  EXPECT_TRUE(load.enter(2));
  EXPECT_FALSE(load.enter(3));
  EXPECT_TRUE(load.enter(4));
  EXPECT_TRUE(load.enter(4));
  load.leave(1, /*took_it=*/false, now);
  EXPECT_TRUE(load.enter(3));
}

TEST(TargetLoad, one_that_was_not_asked_is_what_it_was) {
  TargetLoad load;
  EXPECT_TRUE(load.enter(1));
  load.leave(1, /*took_it=*/false, now);
  EXPECT_TRUE(load.enter(1));
  load.leave(1, std::nullopt, now);
  EXPECT_TRUE(load.enter(1));
  EXPECT_FALSE(load.enter(1));
}

TEST(TargetLoad, one_in_trouble_that_nobody_asks_any_more_is_forgotten) {
  TargetLoad load;
  for (const auto target : {1, 2, 3}) {
    EXPECT_TRUE(load.enter(target));
    load.leave(target, /*took_it=*/false, now);
  }
  EXPECT_TRUE(load.enter(3));
  EXPECT_TRUE(load.enter(4));
  load.leave(4, /*took_it=*/true, now + hours{24});
  EXPECT_EQ(load.count(), 3U) << "they may have asked to be left alone for a day";
  EXPECT_TRUE(load.enter(4));
  load.leave(4, /*took_it=*/true, now + hours{25});
  EXPECT_EQ(load.count(), 1U) << "the third is at work";
}

}  // namespace
}  // namespace everseal::events
