#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/cloudwatch/reader.h"
#include "services/cloudwatch/shapes.h"

namespace everseal::cloudwatch {

enum class ScanBy { TimestampDescending, TimestampAscending };

// GetMetricData: several metrics, each by one statistic, period by period; those in which nothing
// was measured are left out. Without metric math.
struct GetMetricData {
  static constexpr std::string_view name = "GetMetricData";
  struct MetricStat {
    shapes::Metric metric;
    std::int32_t period = 0;  // seconds
    std::string stat;
    std::optional<std::string> unit;
    static constexpr auto fields = std::tuple{
        aws::required("Metric", &MetricStat::metric),
        aws::required("Period", &MetricStat::period, aws::range(1, INT32_MAX)),
        aws::required("Stat", &MetricStat::stat), aws::optional("Unit", &MetricStat::unit)};
  };
  struct Query {
    std::string id;
    std::optional<MetricStat> metric_stat;
    std::optional<std::string> expression;
    std::optional<std::string> label;
    std::optional<bool> return_data;
    static constexpr auto fields = std::tuple{
        aws::required("Id", &Query::id, aws::length(1, 255), aws::pattern("[a-z][a-zA-Z0-9_]*")),
        aws::optional("MetricStat", &Query::metric_stat),
        aws::optional("Expression", &Query::expression, aws::length(1, 2048)),
        aws::optional("Label", &Query::label), aws::optional("ReturnData", &Query::return_data)};
  };
  struct Request {
    std::vector<Query> queries;
    TimePoint start_time{};
    TimePoint end_time{};
    std::optional<std::string> next_token;
    std::optional<ScanBy> scan_by;
    std::optional<std::int32_t> max_datapoints;
    static constexpr auto fields = std::tuple{
        aws::required("MetricDataQueries", &Request::queries, aws::length(1, 500)),
        aws::required("StartTime", &Request::start_time),
        aws::required("EndTime", &Request::end_time),
        aws::optional("NextToken", &Request::next_token),
        aws::optional("ScanBy", &Request::scan_by),
        aws::optional("MaxDatapoints", &Request::max_datapoints, aws::range(1, 100'800))};
  };
  struct MetricDataResult {
    std::string id;
    std::string label;
    std::vector<TimePoint> timestamps;
    std::vector<double> values;
    std::string status_code;  // "Complete", "PartialData": the next page goes on
    static constexpr auto fields = std::tuple{
        aws::always("Id", &MetricDataResult::id), aws::always("Label", &MetricDataResult::label),
        aws::always("Timestamps", &MetricDataResult::timestamps),
        aws::always("Values", &MetricDataResult::values),
        aws::always("StatusCode", &MetricDataResult::status_code)};
  };
  struct Response {
    std::vector<MetricDataResult> results;
    std::optional<std::string> next_token;
    static constexpr auto fields = std::tuple{aws::always("MetricDataResults", &Response::results),
                                              aws::optional("NextToken", &Response::next_token)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidParameterValueException: as Periods::of, an id twice, an expression, a percentile, more
  // than 100,800 periods in all. InvalidNextToken.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Reader& reader;
};

}  // namespace everseal::cloudwatch

template <>
inline constexpr auto everseal::aws::names_of<everseal::cloudwatch::ScanBy> =
    std::to_array<everseal::aws::EnumName<everseal::cloudwatch::ScanBy>>({
        {everseal::cloudwatch::ScanBy::TimestampDescending, "TimestampDescending"},
        {everseal::cloudwatch::ScanBy::TimestampAscending, "TimestampAscending"},
    });
