#include "http/name_lookup.h"

#include <gtest/gtest.h>

#include <latch>
#include <memory>
#include <string>

namespace everseal::http {
namespace {

using namespace std::chrono_literals;

std::chrono::steady_clock::time_point in(std::chrono::milliseconds time) {
  return std::chrono::steady_clock::now() + time;
}

// A name server that says nothing until the test is over. Whoever waits for it may outlive it.
class Silence {
 public:
  ~Silence() { over_->count_down(); }
  NameLookup lookup() const {
    return [over = over_](const std::string&, std::uint16_t) -> Result<Addresses> {
      over->wait();
      return Fault::unavailable("no answer");
    };
  }

 private:
  std::shared_ptr<std::latch> over_ = std::make_shared<std::latch>(1);
};

std::string cause(const Result<Addresses>& found) { return found ? "" : found.error().cause; }

TEST(NameLookup, finds_names_and_addresses) {
  EXPECT_TRUE(look_up("localhost", 80, in(20s)));
  const auto found = look_up("127.0.0.1", 4566, in(0s));
  ASSERT_TRUE(found);
  EXPECT_EQ((*found)->ai_family, AF_INET);
  EXPECT_TRUE(look_up("::1", 80, in(0s)));
}

TEST(NameLookup, says_why_there_is_none) {
  const auto found = look_up("name.invalid", 80, in(20s), [](const std::string&, std::uint16_t) {
    return Result<Addresses>(Fault::unavailable("nobody knows it"));
  });
  EXPECT_EQ(cause(found), "nobody knows it");
}

TEST(NameLookup, waits_no_longer_than_the_deadline) {
  const Silence silence;
  EXPECT_EQ(cause(look_up("pki.example", 443, in(10ms), silence.lookup())),
            "pki.example: its name was not found in time");
}

TEST(NameLookup, keeps_few_threads_waiting) {
  {
    const Silence silence;
    std::string last;
    for (int i = 0; i < 17; ++i)
      last = cause(look_up("pki.example", 443, in(0s), silence.lookup()));
    EXPECT_EQ(last, "pki.example: too many names are being looked up");
    EXPECT_TRUE(look_up("127.0.0.1", 80, in(0s)));
  }
  const auto end = in(20s);
  while (!look_up("localhost", 80, end)) ASSERT_LT(std::chrono::steady_clock::now(), end);
}

}  // namespace
}  // namespace everseal::http
