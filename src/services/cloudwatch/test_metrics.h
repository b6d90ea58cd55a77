#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "aws/call.h"
#include "clock/clock.h"
#include "clock/time_text.h"
#include "log/log.h"
#include "result/testing/need.h"
#include "services/cloudwatch/keeper.h"
#include "services/cloudwatch/migrations.h"
#include "services/cloudwatch/operations/get_metric_data.h"
#include "services/cloudwatch/operations/get_metric_statistics.h"
#include "services/cloudwatch/operations/list_metrics.h"
#include "services/cloudwatch/operations/put_metric_data.h"
#include "services/cloudwatch/reader.h"
#include "services/cloudwatch/recorder.h"
#include "sql/migrations.h"
#include "sql/sqlite/open.h"

// For the tests of this folder: metrics in a database in memory, and one that is computed.
namespace everseal::cloudwatch {

// Hours of the day, of three things: "a", "b" and "c".
struct HourOfDay final : ComputedMetric {
  std::string_view name_space() const override { return "AWS/Sun"; }
  std::string_view metric() const override { return "Hour"; }
  Result<Points> points(sql::Snapshot&, const NamedMetric&, const std::vector<Dimension>& of,
                        TimePoint from, TimePoint until) const override {
    Points points;
    if (of != std::vector<Dimension>{{"Thing", "a"}}) return points;
    const auto first = std::chrono::ceil<std::chrono::hours>(from);
    for (TimePoint at = first; at < until; at += std::chrono::hours{1}) {
      const auto hour = (at - std::chrono::floor<std::chrono::days>(at)) / std::chrono::hours{1};
      points[at] = Statistics::of(static_cast<double>(hour));
    }
    return points;
  }
  Result<Listed> list(sql::Snapshot&, std::string_view account, std::string_view region,
                      const std::string& after, std::size_t) const override {
    const std::string thing = after.empty() ? "a" : after == "a" ? "b" : "c";
    Listed listed;
    listed.series = {
        {std::string(account), std::string(region), "AWS/Sun", "Hour", {{"Thing", thing}}}};
    if (thing != "c") listed.next = thing;
    return listed;
  }
};

struct TestMetrics {
  static constexpr const char* account = "111122223333";
  static constexpr const char* region = "eu-west-1";

  TestMetrics() {
    if (!sql::migrate(*database, {migrations()})) throw std::runtime_error("migrate");
    call.caller.account = account;
    call.region = region;
  }

  static Series series(const std::string& metric, std::vector<Dimension> dimensions = {}) {
    return {account, region, "Plant", metric, std::move(dimensions)};
  }
  void record(const std::string& metric, double value) { recorder.record(series(metric), value); }

  // The sum, the last hour or so, by minutes.
  GetMetricStatistics::Request asking(const std::string& metric, std::int32_t period = 60) const {
    GetMetricStatistics::Request request;
    request.name_space = "Plant";
    request.metric_name = metric;
    request.start_time = clock.now() - std::chrono::hours{1};
    request.end_time = clock.now() + std::chrono::minutes{1};
    request.period = period;
    request.statistics = {Statistic::Sum};
    return request;
  }
  std::vector<GetMetricStatistics::Datapoint> datapoints(
      const GetMetricStatistics::Request& request) const {
    return need(GetMetricStatistics{reader}(request, call)).datapoints;
  }
  std::vector<double> sums(const GetMetricStatistics::Request& request) const {
    std::vector<double> all;
    for (const auto& point : datapoints(request)) all.push_back(point.sum.value());
    return all;
  }
  std::vector<std::string> listed(const ListMetrics::Request& request = {}) const {
    std::vector<std::string> names;
    auto page = request;
    do {
      const auto answer = need(ListMetrics{reader, clock}(page, call));
      for (const auto& metric : answer.metrics) {
        names.push_back(metric.metric_name);
        for (const auto& [name, value] : metric.dimensions) names.back() += " " + value;
      }
      page.next_token = answer.next_token;
    } while (page.next_token);
    return names;
  }

  ManualClock clock{*parse_iso8601("2026-04-06T06:00:30Z")};
  Log log{clock, LogLevel::Error, [](std::string_view) {}};
  std::unique_ptr<sql::Database> database = need(sql::sqlite::open_in_memory({}, log));
  HourOfDay computed;
  Recorder recorder{*database, clock, log};
  Reader reader{{*database, recorder, {&computed}}};
  Keeper keeper{*database, clock, recorder};
  aws::Call call;
};

}  // namespace everseal::cloudwatch
