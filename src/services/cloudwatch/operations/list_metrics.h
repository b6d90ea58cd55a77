#pragma once

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

// ListMetrics: those that had points within two weeks, or the three hours that RecentlyActive asks
// for, and those that are computed.
struct ListMetrics {
  static constexpr std::string_view name = "ListMetrics";
  struct DimensionFilter {
    std::string name;
    std::optional<std::string> value;
    static constexpr auto fields =
        std::tuple{aws::required("Name", &DimensionFilter::name, aws::length(1, 255)),
                   aws::optional("Value", &DimensionFilter::value, aws::length(1, 1024))};
  };
  struct Request {
    std::optional<std::string> name_space{};
    std::optional<std::string> metric_name{};
    std::vector<DimensionFilter> dimensions{};
    std::optional<std::string> next_token{};
    std::optional<std::string> recently_active{};
    static constexpr auto fields = std::tuple{
        aws::optional("Namespace", &Request::name_space, aws::length(1, 255)),
        aws::optional("MetricName", &Request::metric_name, aws::length(1, 255)),
        aws::optional("Dimensions", &Request::dimensions, aws::length(0, 10)),
        aws::optional("NextToken", &Request::next_token),
        aws::optional("RecentlyActive", &Request::recently_active, aws::pattern("PT3H"))};
  };
  struct Response {
    std::vector<shapes::Metric> metrics;
    std::optional<std::string> next_token;
    static constexpr auto fields = std::tuple{aws::always("Metrics", &Response::metrics),
                                              aws::optional("NextToken", &Response::next_token)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidParameterValueException: the token is not one of this list; the model has no other
  // error.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Reader& reader;
  const Clock& clock;
};

}  // namespace everseal::cloudwatch
