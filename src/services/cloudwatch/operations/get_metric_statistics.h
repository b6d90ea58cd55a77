#pragma once

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
#include "services/cloudwatch/periods.h"
#include "services/cloudwatch/reader.h"
#include "services/cloudwatch/series.h"

namespace everseal::cloudwatch {

// GetMetricStatistics: one metric, period by period; those in which nothing was measured are left
// out. By time.
struct GetMetricStatistics {
  static constexpr std::string_view name = "GetMetricStatistics";
  struct Request {
    std::string name_space;
    std::string metric_name;
    std::vector<Dimension> dimensions;
    TimePoint start_time{};
    TimePoint end_time{};
    std::int32_t period = 0;  // seconds
    std::vector<Statistic> statistics;
    std::vector<std::string> extended_statistics;
    std::optional<std::string> unit;
    static constexpr auto fields = std::tuple{
        aws::required("Namespace", &Request::name_space, aws::length(1, 255)),
        aws::required("MetricName", &Request::metric_name, aws::length(1, 255)),
        aws::optional("Dimensions", &Request::dimensions, aws::length(0, 30)),
        aws::required("StartTime", &Request::start_time),
        aws::required("EndTime", &Request::end_time),
        aws::required("Period", &Request::period, aws::range(1, INT32_MAX)),
        aws::optional("Statistics", &Request::statistics, aws::length(1, 5)),
        aws::optional("ExtendedStatistics", &Request::extended_statistics, aws::length(1, 10)),
        aws::optional("Unit", &Request::unit)};
  };
  struct Datapoint {
    TimePoint timestamp{};
    std::optional<double> sample_count;
    std::optional<double> average;
    std::optional<double> sum;
    std::optional<double> minimum;
    std::optional<double> maximum;
    std::string unit;
    static constexpr auto fields =
        std::tuple{aws::always("Timestamp", &Datapoint::timestamp),
                   aws::optional("SampleCount", &Datapoint::sample_count),
                   aws::optional("Average", &Datapoint::average),
                   aws::optional("Sum", &Datapoint::sum),
                   aws::optional("Minimum", &Datapoint::minimum),
                   aws::optional("Maximum", &Datapoint::maximum),
                   aws::always("Unit", &Datapoint::unit)};
  };
  struct Response {
    std::string label;
    std::vector<Datapoint> datapoints;
    static constexpr auto fields = std::tuple{aws::always("Label", &Response::label),
                                              aws::always("Datapoints", &Response::datapoints)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidParameterValueException: as Periods::of, and percentiles.
  // MissingRequiredParameterException: no statistics. InvalidParameterCombinationException: more
  // than 1,440 periods.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Reader& reader;
};

}  // namespace everseal::cloudwatch
