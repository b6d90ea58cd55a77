#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <string>
#include <vector>

#include "services/cloudwatch/test_metrics.h"

namespace everseal::cloudwatch {
namespace {

using namespace std::chrono_literals;
using Values = std::vector<double>;
using Names = std::vector<std::string>;

TEST(GetMetricStatistics, gives_each_statistic_that_is_asked_for) {
  TestMetrics test;
  for (const double value : {4.0, 1.0, 7.0}) test.record("Time", value);
  auto request = test.asking("Time", 300);
  request.statistics = {Statistic::SampleCount, Statistic::Average, Statistic::Sum,
                        Statistic::Minimum, Statistic::Maximum};
  const auto points = test.datapoints(request);
  ASSERT_EQ(points.size(), 1U);
  EXPECT_EQ(points[0].sample_count, 3);
  EXPECT_EQ(points[0].average, 4);
  EXPECT_EQ(points[0].sum, 12);
  EXPECT_EQ(points[0].minimum, 1);
  EXPECT_EQ(points[0].maximum, 7);
  EXPECT_EQ(points[0].unit, "None");
  request.statistics = {Statistic::Maximum};
  EXPECT_FALSE(test.datapoints(request)[0].sum);
}

TEST(GetMetricStatistics, begins_periods_at_multiples_of_their_length) {
  TestMetrics test;
  test.record("Time", 1);  // 06:00:30
  test.clock.advance(4min);
  test.record("Time", 2);
  test.clock.advance(1min);
  test.record("Time", 4);  // 06:05:30
  auto request = test.asking("Time", 300);
  EXPECT_EQ(test.sums(request), (Values{3, 4}));
  EXPECT_EQ(to_iso8601(test.datapoints(request)[1].timestamp), "2026-04-06T06:05:00Z");
  request.start_time = test.clock.now() - 2min;  // within the first
  EXPECT_EQ(test.sums(request), (Values{3, 4}));
  request.end_time = *parse_iso8601("2026-04-06T06:05:00Z");
  EXPECT_EQ(test.sums(request), Values{3});
}

TEST(GetMetricStatistics, knows_metrics_by_their_dimensions_in_any_order_and_by_their_owner) {
  TestMetrics test;
  test.recorder.record(TestMetrics::series("Time", {{"Site", "north"}, {"Line", "4"}}), 5);
  auto request = test.asking("Time");
  EXPECT_EQ(test.sums(request), Values{});
  request.dimensions = {{"Line", "4"}, {"Site", "north"}};
  EXPECT_EQ(test.sums(request), Values{5});
  test.call.region = "eu-north-1";
  EXPECT_EQ(test.sums(request), Values{});
  test.call.region = TestMetrics::region;
  test.call.caller.account = "444455556666";
  EXPECT_EQ(test.sums(request), Values{});
}

TEST(GetMetricStatistics, refuses_what_it_cannot_give) {
  TestMetrics test;
  const auto refused = [&](auto change) {
    auto request = test.asking("Time");
    change(request);
    return code_of(GetMetricStatistics{test.reader}(request, test.call));
  };
  EXPECT_EQ(refused([](auto& r) { r.end_time = r.start_time; }), "InvalidParameterValueException");
  EXPECT_EQ(refused([](auto& r) { r.period = 90; }), "InvalidParameterValueException");
  EXPECT_EQ(refused([](auto& r) { r.period = 10; }), "InvalidParameterValueException");
  EXPECT_EQ(refused([](auto& r) { r.extended_statistics = {"p99"}; }),
            "InvalidParameterValueException");
  EXPECT_EQ(refused([](auto& r) { r.statistics.clear(); }), "MissingRequiredParameterException");
  EXPECT_EQ(refused([](auto& r) { r.start_time -= 24h; }), "InvalidParameterCombinationException");
  EXPECT_EQ(refused([](auto& r) { r.start_time = r.end_time - 24h + 1min; }), "(none)");
}

GetMetricData::Query query(const std::string& id, const std::string& metric,
                           const std::string& stat = "Sum") {
  GetMetricData::Query query;
  query.id = id;
  query.metric_stat = GetMetricData::MetricStat{{"Plant", metric, {}}, 60, stat, {}};
  return query;
}

struct TestData : TestMetrics {
  GetMetricData::Request asking_for(std::vector<GetMetricData::Query> queries) const {
    GetMetricData::Request request;
    request.queries = std::move(queries);
    request.start_time = clock.now() - 1h;
    request.end_time = clock.now() + 1min;
    return request;
  }
  auto data(const GetMetricData::Request& request) const {
    return need(GetMetricData{reader}(request, call));
  }
};

TEST(GetMetricData, answers_each_query_from_the_newest_point_on) {
  TestData test;
  test.record("Time", 2);
  test.record("Time", 4);
  test.record("Success", 1);
  test.clock.advance(1min);
  test.record("Time", 5);
  auto request = test.asking_for({query("a", "Time", "Average"), query("b", "Success"),
                                  query("c", "Missing"), query("d", "Time")});
  request.queries[1].label = "good";
  request.queries[3].return_data = false;
  auto answer = test.data(request);
  ASSERT_EQ(answer.results.size(), 3U);
  EXPECT_EQ(answer.results[0].id, "a");
  EXPECT_EQ(answer.results[0].label, "Time");
  EXPECT_EQ(answer.results[0].values, (Values{5, 3}));
  EXPECT_EQ(to_iso8601(answer.results[0].timestamps[1]), "2026-04-06T06:00:00Z");
  EXPECT_EQ(answer.results[0].status_code, "Complete");
  EXPECT_EQ(answer.results[1].label, "good");
  EXPECT_EQ(answer.results[2].values, Values{});
  EXPECT_FALSE(answer.next_token);
  request.scan_by = ScanBy::TimestampAscending;
  EXPECT_EQ(test.data(request).results[0].values, (Values{3, 5}));
}

TEST(GetMetricData, comes_in_pages) {
  TestData test;
  for (int minute = 1; minute <= 3; ++minute) {
    test.record("A", minute);
    test.record("B", 10 * minute);
    test.clock.advance(1min);
  }
  auto request = test.asking_for({query("a", "A"), query("none", "None"), query("b", "B")});
  request.scan_by = ScanBy::TimestampAscending;
  request.max_datapoints = 2;
  Values a, b;
  int pages = 0;
  do {
    const auto answer = test.data(request);
    std::size_t points = 0;
    for (const auto& result : answer.results) {
      points += result.values.size();
      auto& all = result.id == "a" ? a : b;
      all.insert(all.end(), result.values.begin(), result.values.end());
    }
    EXPECT_EQ(points, 2U);
    ++pages;
    request.next_token = answer.next_token;
  } while (request.next_token);
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(a, (Values{1, 2, 3}));
  EXPECT_EQ(b, (Values{10, 20, 30}));
  request.next_token = "nonsense";
  EXPECT_EQ(code_of(GetMetricData{test.reader}(request, test.call)), "InvalidNextToken");
}

TEST(GetMetricData, refuses_what_it_cannot_give) {
  TestData test;
  const auto refused = [&](auto change) {
    auto request = test.asking_for({query("a", "Time")});
    change(request);
    return code_of(GetMetricData{test.reader}(request, test.call));
  };
  EXPECT_EQ(refused([](auto& r) { r.queries[0].expression = "a + 1"; }),
            "InvalidParameterValueException");
  EXPECT_EQ(refused([](auto& r) { r.queries[0].metric_stat->stat = "p99"; }),
            "InvalidParameterValueException");
  EXPECT_EQ(refused([](auto& r) { r.queries.push_back(r.queries[0]); }),
            "InvalidParameterValueException");
  EXPECT_EQ(refused([](auto& r) { r.start_time -= std::chrono::days{70}; }),
            "InvalidParameterValueException");
  EXPECT_EQ(refused([](auto& r) { r.queries[0].metric_stat.reset(); }),
            "MissingRequiredParameterException");
}

TEST(ListMetrics, finds_by_namespace_name_and_dimension) {
  TestMetrics test;
  test.recorder.record(TestMetrics::series("Time", {{"Line", "4"}}), 1);
  test.recorder.record(TestMetrics::series("Time", {{"Line", "5"}}), 1);
  test.record("Success", 1);
  auto other_unit = TestMetrics::series("Success");
  other_unit.unit = "Count";
  test.recorder.record(other_unit, 1);
  EXPECT_EQ(test.listed(), (Names{"Success", "Time 4", "Time 5", "Hour a", "Hour b", "Hour c"}));
  EXPECT_EQ(test.listed({.name_space = "AWS/Sun"}), (Names{"Hour a", "Hour b", "Hour c"}));
  EXPECT_EQ(test.listed({.name_space = "Plant", .metric_name = "Success"}), Names{"Success"});
  ListMetrics::Request by_line;
  by_line.dimensions = {{"Line", {}}};
  EXPECT_EQ(test.listed(by_line), (Names{"Time 4", "Time 5"}));
  by_line.dimensions = {{"Line", "5"}};
  EXPECT_EQ(test.listed(by_line), Names{"Time 5"});
  EXPECT_EQ(code_of(ListMetrics{test.reader, test.clock}({.next_token = "x"}, test.call)),
            "InvalidParameterValueException");
}

TEST(ListMetrics, forgets_what_has_not_been_measured_for_two_weeks) {
  TestMetrics test;
  test.record("Old", 1);
  EXPECT_EQ(test.listed({.name_space = "Plant"}), Names{"Old"});
  test.clock.advance(3h);
  test.record("New", 1);
  EXPECT_EQ(test.listed({.name_space = "Plant", .recently_active = "PT3H"}), Names{"New"});
  EXPECT_EQ(test.listed({.name_space = "Plant"}), (Names{"Old", "New"}));
  test.clock.advance(std::chrono::days{14} - 3h);
  EXPECT_EQ(test.listed({.name_space = "Plant"}), Names{"New"});
}

TEST(ComputedMetrics, are_made_when_they_are_asked_for) {
  TestMetrics test;
  auto request = test.asking("Hour", 3600);
  request.name_space = "AWS/Sun";
  request.start_time = *parse_iso8601("2026-04-06T01:30:00Z");
  request.dimensions = {{"Thing", "a"}};
  EXPECT_EQ(test.sums(request), (Values{1, 2, 3, 4, 5, 6}));
  request.dimensions = {{"Thing", "z"}};
  EXPECT_EQ(test.sums(request), Values{});
}

struct TestPut : TestMetrics {
  static PutMetricData::Datum datum(std::optional<double> value = {}) {
    PutMetricData::Datum datum;
    datum.metric_name = "Parts";
    datum.value = value;
    return datum;
  }
  std::string put(const PutMetricData::Datum& datum, const std::string& name_space = "Plant") {
    return code_of(PutMetricData{*database, clock}({name_space, {datum}}, call));
  }
};

TEST(PutMetricData, adds_values_sets_and_lists_of_values) {
  TestPut test;
  EXPECT_EQ(test.put(TestPut::datum(1.5)), "(none)");
  auto set = TestPut::datum();
  set.statistic_values = PutMetricData::StatisticSet{2, 7, 3, 4};
  EXPECT_EQ(test.put(set), "(none)");
  auto list = TestPut::datum();
  list.values = {10, 20};
  list.counts = {3, 1};
  EXPECT_EQ(test.put(list), "(none)");
  auto request = test.asking("Parts");
  request.statistics = {Statistic::SampleCount, Statistic::Sum, Statistic::Minimum,
                        Statistic::Maximum};
  const auto points = test.datapoints(request);
  ASSERT_EQ(points.size(), 1U);
  EXPECT_EQ(points[0].sample_count, 7);
  EXPECT_EQ(points[0].sum, 58.5);
  EXPECT_EQ(points[0].minimum, 1.5);
  EXPECT_EQ(points[0].maximum, 20);
}

TEST(PutMetricData, keeps_units_apart) {
  TestPut test;
  auto counted = TestPut::datum(1);
  counted.unit = "Count";
  EXPECT_EQ(test.put(counted), "(none)");
  EXPECT_EQ(test.put(TestPut::datum(5)), "(none)");
  auto request = test.asking("Parts");
  EXPECT_EQ(test.sums(request), (Values{1, 5}));
  request.unit = "Count";
  EXPECT_EQ(test.sums(request), Values{1});
}

TEST(PutMetricData, refuses_what_is_none) {
  TestPut test;
  EXPECT_EQ(test.put(TestPut::datum(1), "AWS/Lambda"), "InvalidParameterValueException");
  EXPECT_EQ(test.put(TestPut::datum()), "InvalidParameterCombinationException");
  EXPECT_EQ(test.put(TestPut::datum(std::nan(""))), "InvalidParameterValueException");
  auto both = TestPut::datum(1);
  both.values = {1};
  EXPECT_EQ(test.put(both), "InvalidParameterCombinationException");
  auto uneven = TestPut::datum();
  uneven.values = {1, 2};
  uneven.counts = {1};
  EXPECT_EQ(test.put(uneven), "InvalidParameterCombinationException");
  auto set = TestPut::datum();
  set.statistic_values = PutMetricData::StatisticSet{1, 1, 5, 4};
  EXPECT_EQ(test.put(set), "InvalidParameterValueException");
  auto twice = TestPut::datum(1);
  twice.dimensions = {{"Line", "4"}, {"Line", "5"}};
  EXPECT_EQ(test.put(twice), "InvalidParameterValueException");
  auto long_ones = TestPut::datum(1);
  long_ones.dimensions = {{"a", std::string(1024, 'x')}, {"b", std::string(1024, 'x')}};
  EXPECT_EQ(test.put(long_ones), "InvalidParameterValueException");
}

TEST(PutMetricData, takes_two_weeks_that_are_over_and_two_hours_that_come) {
  TestPut test;
  const auto put_at = [&](std::chrono::milliseconds from_now) {
    auto datum = TestPut::datum(1);
    datum.timestamp = test.clock.now() + from_now;
    return test.put(datum);
  };
  EXPECT_EQ(put_at(-std::chrono::days{14}), "(none)");
  EXPECT_EQ(put_at(-std::chrono::days{14} - 1ms), "InvalidParameterValueException");
  EXPECT_EQ(put_at(2h), "(none)");
  EXPECT_EQ(put_at(2h + 1ms), "InvalidParameterValueException");
}

TEST(Access, is_asked_for_by_the_name_that_policies_have) {
  TestMetrics test;
  EXPECT_EQ((GetMetricData{test.reader}.access({}, test.call).action), "cloudwatch:GetMetricData");
  const auto put = PutMetricData{*test.database, test.clock}.access({"Plant", {}}, test.call);
  EXPECT_EQ(put.action, "cloudwatch:PutMetricData");
  EXPECT_EQ(put.context[0].second, Names{"Plant"});
}

}  // namespace
}  // namespace everseal::cloudwatch
