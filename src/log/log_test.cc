#include "log/log.h"

#include <gtest/gtest.h>

#include <vector>

namespace everseal {
namespace {

struct Captured {
  ManualClock clock{from_millis(1735787045678)};
  std::vector<std::string> lines;
  Log log{clock, LogLevel::Info, [this](std::string_view line) { lines.emplace_back(line); }};
};

TEST(Log, writes_one_json_object_a_line) {
  Captured captured;
  captured.log.info("certificate.revoked", {{"serial", "0a:1b"}, {"count", 3}, {"ok", true}});
  ASSERT_EQ(captured.lines.size(), 1U);
  EXPECT_EQ(captured.lines[0],
            R"({"time":"2025-01-02T03:04:05.678Z","level":"info","event":"certificate.revoked",)"
            R"("serial":"0a:1b","count":3,"ok":true})");
}

TEST(Log, keeps_a_strangers_text_inside_its_quotes) {
  Captured captured;
  captured.log.warning("x", {{"agent", "a\"b\\c\nd\xff"}});
  EXPECT_NE(captured.lines[0].find(R"("agent":"a\"b\\c\u000ad\u00ff")"), std::string::npos)
      << captured.lines[0];
}

TEST(Log, leaves_out_what_is_below_its_level) {
  Captured captured;
  captured.log.debug("x");
  EXPECT_TRUE(captured.lines.empty());
}

TEST(Log, cuts_values_that_are_too_long) {
  Captured captured;
  captured.log.info("x", {{"path", std::string(100'000, 'a')}});
  EXPECT_LT(captured.lines[0].size(), 5000U);
}

}  // namespace
}  // namespace everseal
