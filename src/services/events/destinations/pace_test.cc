#include "services/events/destinations/pace.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>

#include "clock/time_text.h"

namespace everseal::events::destinations {
namespace {

using namespace std::chrono_literals;

TEST(Pace, forgets_destinations_that_nobody_asks_about) {
  Pace pace;
  const auto now = *parse_iso8601("2026-04-06T06:00:00Z");
  for (int i = 0; i < 50; ++i) pace.ask(std::to_string(i), 1, now);
  for (int i = 0; i < 300; ++i) pace.ask("busy", 1, now);
  pace.ask("new", 1, now + 61s);
  EXPECT_EQ(pace.count(), 1U) << "all who waited were told times up to a minute ahead";
}

TEST(Pace, spreads_those_who_wait) {
  Pace pace;
  const auto now = *parse_iso8601("2026-04-06T06:00:00Z");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(pace.ask("a", 3, now), std::nullopt);
  for (const auto later : {1s, 1s, 1s, 2s, 2s, 2s, 3s})
    EXPECT_EQ(pace.ask("a", 3, now), now + later);
  EXPECT_EQ(pace.ask("b", 3, now), std::nullopt);
  EXPECT_EQ(pace.ask("a", 3, now + 1s), std::nullopt);
  EXPECT_EQ(pace.ask("a", 1, now + 1s), now + 6s);  // behind the four who wait, one a second
}

}  // namespace
}  // namespace everseal::events::destinations
