#include "services/elbv2/logs/delivery.h"

#include <gtest/gtest.h>
#include <poll.h>

#include "jobs/migrations.h"
#include "log/testing/log_lines.h"
#include "services/elbv2/logs/test_gzip.h"
#include "services/elbv2/operations/modify_load_balancer_attributes.h"
#include "services/elbv2/test_world.h"
#include "sql/sqlite/open.h"

namespace everseal::elbv2::logs {
namespace {

constexpr std::chrono::seconds kPatience{60};  // a test that waits longer has failed

bool wait_until(const std::function<bool()>& is_so) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!is_so()) {
    if (std::chrono::steady_clock::now() > end) return false;
    poll(nullptr, 0, 5);  // leaves the processor to what is waited for
  }
  return true;
}

struct DeliveryTest : testing::Test {
  TestWorld world;
  LogLines lines;
  Log log{world.clock, LogLevel::Debug, lines.sink()};
  std::string arn;
  std::unique_ptr<jobs::Runner> runner;
  std::unique_ptr<Delivery> delivery;

  DeliveryTest() {
    need(sql::migrate(*world.database, {migrations(), jobs::migrations()}));
    arn = world.create("edge").load_balancer_arn;
    runner = std::make_unique<jobs::Runner>(*world.database, world.clock, log);
    delivery = std::make_unique<Delivery>(DeliveryParts{.database = *world.database,
                                                        .objects = world.log_objects,
                                                        .random = world.random,
                                                        .clock = world.clock,
                                                        .log = log},
                                          LogSettings{});
    delivery->handle_jobs(*runner);
  }
  ~DeliveryTest() override { runner.reset(); }

  auto switch_on(const std::string& bucket) {
    return ModifyLoadBalancerAttributes{*world.database, nullptr}(
        {arn, {{"access_logs.s3.enabled", "true"}, {"access_logs.s3.bucket", bucket}}}, world.call);
  }
  void take_until_promised() {
    delivery->take(gateway::RequestRecord{.load_balancer = arn, .here = {"192.0.2.10", 80}});
    EXPECT_TRUE(wait_until([&] { return need(runner->pending())["elbv2.deliver-logs"] == 1; }));
  }
  void advance(std::chrono::milliseconds by) {
    need(runner->run_until(world.clock.now() + by, [&](TimePoint to) {
      world.clock.set(to);
      return Outcome();
    }));
  }
};

}  // namespace

TEST_F(DeliveryTest, brings_a_file_when_its_interval_ends) {
  need(switch_on("logs"));
  take_until_promised();
  advance(std::chrono::minutes(4));
  EXPECT_TRUE(world.log_objects.objects.empty());
  advance(std::chrono::minutes(1));
  ASSERT_EQ(world.log_objects.objects.size(), 1U);
  const auto& [key, file] = *world.log_objects.objects.begin();
  EXPECT_NE(key.find("/2025/03/01/"), std::string::npos) << key;
  EXPECT_NE(key.find("_20250301T1205Z_192.0.2.10_"), std::string::npos) << key;
  EXPECT_NE(gunzipped(file).find(" app/edge/"), std::string::npos);
  EXPECT_EQ(delivery->counts().entries, 1U) << "the first after it was switched on";
  EXPECT_EQ(delivery->counts().files, 1U);
  EXPECT_EQ(need(runner->pending())["elbv2.deliver-logs"], 0) << "nothing is left to deliver";
}

TEST_F(DeliveryTest, tries_again_where_a_bucket_refuses) {
  need(switch_on("logs"));
  take_until_promised();
  world.log_objects.refusing = {"logs"};
  advance(std::chrono::minutes(5));
  EXPECT_TRUE(world.log_objects.objects.empty());
  EXPECT_GE(delivery->counts().failures, 1U);
  world.log_objects.refusing.clear();
  advance(std::chrono::minutes(20));
  EXPECT_EQ(world.log_objects.objects.size(), 1U);
  EXPECT_EQ(delivery->counts().dropped_entries, 0U);
}

TEST_F(DeliveryTest, counts_what_it_cannot_keep_until_it_knows_what_is_wanted) {
  const auto unreadable = need(sql::sqlite::open_in_memory({}, log));  // it has no tables
  Delivery ignorant({.database = *unreadable,
                     .objects = world.log_objects,
                     .random = world.random,
                     .clock = world.clock,
                     .log = log},
                    LogSettings{});
  for (int record = 0; record < 10'003; ++record) {
    ignorant.take(gateway::RequestRecord{.load_balancer = arn, .here = {"192.0.2.10", 80}});
  }
  EXPECT_EQ(ignorant.counts().dropped_entries, 3U);
}

TEST_F(DeliveryTest, gives_up_after_a_day) {
  need(switch_on("logs"));
  take_until_promised();
  world.log_objects.refusing = {"logs"};
  advance(std::chrono::hours(26));
  EXPECT_GE(delivery->counts().dropped_entries, 1U);
  EXPECT_EQ(need(runner->pending())["elbv2.deliver-logs"], 0);
}

TEST_F(DeliveryTest, brings_what_it_has_when_it_ends) {
  need(switch_on("logs"));
  take_until_promised();
  delivery.reset();
  EXPECT_EQ(world.log_objects.objects.size(), 1U);
}

}  // namespace everseal::elbv2::logs
