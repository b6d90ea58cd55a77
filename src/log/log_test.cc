#include "log/log.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <thread>
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

// Standard error as a pipe that nobody reads until `read_all`.
class StuckStandardError {
 public:
  StuckStandardError() {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
    reading_ = ends[0];
    ::dup2(ends[1], STDERR_FILENO);
    ::close(ends[1]);
  }
  StuckStandardError(const StuckStandardError&) = delete;
  StuckStandardError& operator=(const StuckStandardError&) = delete;
  ~StuckStandardError() {
    restore();
    reader_.join();
    ::close(reading_);
  }
  void read_all() {
    reader_ = std::jthread([this] {
      std::array<char, 65536> portion{};
      while (::read(reading_, portion.data(), portion.size()) > 0) {
      }
    });
  }
  // Who writes there ends before.
  void restore() {
    if (saved_ < 0) return;
    ::dup2(saved_, STDERR_FILENO);
    ::close(std::exchange(saved_, -1));
  }

 private:
  int saved_ = ::dup(STDERR_FILENO);
  int reading_ = -1;
  std::jthread reader_;
};

TEST(Log, drops_lines_rather_than_wait_for_who_reads_them) {
  const ManualClock clock{from_millis(1735787045678)};
  StuckStandardError stuck;
  Log log(clock, LogLevel::Info);
  EXPECT_EQ(log.dropped(), 0U);
  for (int line = 0; line < 200'000; ++line) log.info("request", {{"number", line}});
  EXPECT_GT(log.dropped(), 50'000U);
  EXPECT_LT(log.dropped(), 200'000U);
  stuck.read_all();
}

}  // namespace
}  // namespace everseal
