#include "health.h"

#include <gtest/gtest.h>

#include <future>
#include <latch>

namespace everseal::app {
namespace {

// Storage that a write does not come back from until it is let go.
class StandingStill final : public sql::Database {
 public:
  sql::Engine engine() const override { return sql::Engine::Sqlite; }
  sql::Subscription listen(std::string_view, std::function<void(std::int64_t)>) override {
    return {};
  }

  int writes = 0;
  std::latch asked{1};
  std::latch let_go{1};

 protected:
  Outcome write_until_durable(const std::function<bool(sql::Transaction&)>&) override {
    if (++writes == 1) asked.count_down();
    let_go.wait();
    return Fault::unavailable("the disk is full");
  }
  Outcome read_consistently(const std::function<void(sql::Snapshot&)>&) override { return {}; }
};

TEST(Health, keeps_one_asker_waiting_for_storage_that_stands_still) {
  StandingStill database;
  Health health(database, {.between = std::chrono::milliseconds(0),
                           .patience = std::chrono::milliseconds(0)});
  auto first = std::async(std::launch::async, [&] { return health.check(); });
  database.asked.wait();

  const auto second = health.check();
  EXPECT_EQ(second.error().cause, "the storage does not answer");

  database.let_go.count_down();
  EXPECT_EQ(first.get().error().cause, "the disk is full");
}

TEST(Health, repeats_itself_between_two_writes) {
  StandingStill database;
  database.let_go.count_down();
  Health health(database, {.between = std::chrono::hours(1), .patience = std::chrono::hours(1)});
  EXPECT_EQ(health.check().error().cause, "the disk is full");
  EXPECT_EQ(health.check().error().cause, "the disk is full");
  EXPECT_EQ(database.writes, 1);
}

}  // namespace
}  // namespace everseal::app
