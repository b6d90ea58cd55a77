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
#include "services/cloudwatch/series.h"
#include "sql/database.h"

namespace everseal::cloudwatch {

// PutMetricData: metrics of the caller's own. Durable when answered; kept by the minute, whatever
// StorageResolution says.
struct PutMetricData {
  static constexpr std::string_view name = "PutMetricData";
  struct StatisticSet {
    double sample_count = 0;
    double sum = 0;
    double minimum = 0;
    double maximum = 0;
    static constexpr auto fields = std::tuple{
        aws::required("SampleCount", &StatisticSet::sample_count),
        aws::required("Sum", &StatisticSet::sum), aws::required("Minimum", &StatisticSet::minimum),
        aws::required("Maximum", &StatisticSet::maximum)};
  };
  struct Datum {
    std::string metric_name;
    std::vector<Dimension> dimensions;
    std::optional<TimePoint> timestamp;
    std::optional<double> value;
    std::optional<StatisticSet> statistic_values;
    std::vector<double> values;
    std::vector<double> counts;
    std::optional<std::string> unit;
    static constexpr auto fields =
        std::tuple{aws::required("MetricName", &Datum::metric_name, aws::length(1, 255)),
                   aws::optional("Dimensions", &Datum::dimensions, aws::length(0, 30)),
                   aws::optional("Timestamp", &Datum::timestamp),
                   aws::optional("Value", &Datum::value),
                   aws::optional("StatisticValues", &Datum::statistic_values),
                   aws::optional("Values", &Datum::values, aws::length(0, 150)),
                   aws::optional("Counts", &Datum::counts, aws::length(0, 150)),
                   aws::optional("Unit", &Datum::unit, aws::length(1, 32))};
  };
  struct Request {
    std::string name_space;
    std::vector<Datum> metric_data;
    static constexpr auto fields =
        std::tuple{aws::required("Namespace", &Request::name_space, aws::length(1, 255),
                                 aws::pattern("[^:].*")),
                   aws::required("MetricData", &Request::metric_data, aws::length(0, 1000))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidParameterValueException: a namespace of AWS, a moment more than two weeks ago or two
  // hours ahead, a number beyond 2^360 or not one, a dimension twice, dimensions of more than 2048
  // octets together. InvalidParameterCombinationException: not one kind of value; other counts than
  // values.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::cloudwatch
