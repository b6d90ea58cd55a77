#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "services/cloudwatch/statistics.h"
#include "services/cloudwatch/test_metrics.h"

namespace everseal::cloudwatch {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using Sums = std::vector<double>;

TEST(Statistics, gather_what_was_measured) {
  Statistics all;
  EXPECT_EQ(all, Statistics{});
  all.add(Statistics::of(4));
  all.add(Statistics::of(-1, 2));
  all.add({});
  EXPECT_EQ(all, (Statistics{3, 2, -1, 4}));
  EXPECT_DOUBLE_EQ(all.average(), 2.0 / 3);
}

TEST(Statistics, are_kept_as_text) {
  EXPECT_EQ((Statistics{3, 6.5, -1, 1e300}.text()), "3 6.5 -1 1e+300");
  for (const auto* text : {"", "1 2 3", "1 2 3 4 5", "1 2 3 x", "nan 1 1 1", "1 inf 1 1"})
    EXPECT_EQ(Statistics::parse(text), std::nullopt) << text;
}

RC_GTEST_PROP(StatisticsProperty, come_back_as_they_were, (double sum, double least)) {
  const Statistics some{7, sum, least, 0.1};
  RC_ASSERT(Statistics::parse(some.text()) == some);
}

TEST(Recorder, counts_by_the_minute_and_is_heard_at_once) {
  TestMetrics test;
  test.record("Success", 1);
  test.record("Success", 2);
  test.clock.advance(1min);
  test.record("Success", 4);
  const auto points = test.datapoints(test.asking("Success"));
  ASSERT_EQ(points.size(), 2U);
  EXPECT_EQ(to_iso8601(points[0].timestamp), "2026-04-06T06:00:00Z");
  EXPECT_EQ(points[0].sum, 3);
  EXPECT_EQ(points[1].sum, 4);
  test.record("Success", 8);  // the minute goes on after it was written
  EXPECT_EQ(test.sums(test.asking("Success")), (Sums{3, 12}));
}

TEST(Recorder, keeps_what_could_not_be_written) {
  TestMetrics test;
  test.record("Success", 1);
  need(test.database->write([](sql::Transaction& tx) {
    return tx.script("ALTER TABLE cloudwatch_series RENAME TO gone");
  }));
  EXPECT_FALSE(test.recorder.write());
  test.record("Success", 2);
  need(test.database->write([](sql::Transaction& tx) {
    return tx.script("ALTER TABLE gone RENAME TO cloudwatch_series");
  }));
  EXPECT_EQ(test.sums(test.asking("Success")), Sums{3});
}

TEST(Recorder, is_written_by_a_job) {
  TestMetrics test;
  test.record("Success", 1);
  need(test.keeper.write({}));
  Recorder other(*test.database, test.clock, test.log);  // another node, or after a restart
  const Reader reader({*test.database, other, {}});
  EXPECT_EQ(need(GetMetricStatistics{reader}(test.asking("Success"), test.call)).datapoints.size(),
            1U);
}

// How many rows of each period there are.
std::vector<std::int64_t> rows(TestMetrics& test) {
  std::vector<std::int64_t> counts;
  for (const int seconds : {60, 300, 3600}) {
    counts.push_back(need(test.database->read([&](sql::Snapshot& view) {
                       return view.one("SELECT count(*) FROM cloudwatch_point WHERE seconds = $1",
                                       seconds);
                     }))->integer(0));
  }
  return counts;
}

TEST(Keeper, merges_points_as_they_grow_old_and_forgets_them_at_last) {
  using Rows = std::vector<std::int64_t>;
  TestMetrics test;
  auto all = test.asking("Success", 86'400);
  all.start_time = test.clock.now() - 1h;
  for (int minute = 0; minute < 120; ++minute) {
    test.record("Success", minute);
    test.clock.advance(1min);
  }
  all.end_time = test.clock.now();
  const auto age = [&](days by) {
    test.clock.advance(by);
    need(test.keeper.age({}));
    return rows(test);
  };
  EXPECT_EQ(test.sums(all), Sums{119 * 60});
  EXPECT_EQ(age(days{14}), (Rows{120, 0, 0}));
  EXPECT_EQ(age(days{2}), (Rows{0, 24, 0}));
  EXPECT_EQ(test.sums(all), Sums{119 * 60});
  EXPECT_EQ(age(days{50}), (Rows{0, 0, 2}));
  EXPECT_EQ(test.sums(all), Sums{119 * 60});
  auto hourly = all;
  hourly.period = 3600;
  hourly.statistics = {Statistic::Minimum, Statistic::Maximum, Statistic::SampleCount};
  const auto points = test.datapoints(hourly);
  ASSERT_EQ(points.size(), 2U);
  EXPECT_EQ(points[1].minimum, 60);
  EXPECT_EQ(points[1].maximum, 119);
  EXPECT_EQ(points[1].sample_count, 60);
  EXPECT_EQ(age(days{390}), (Rows{0, 0, 0}));
  EXPECT_EQ(test.sums(all), Sums{});
}

}  // namespace
}  // namespace everseal::cloudwatch
