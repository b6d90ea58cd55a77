#include "metrics_of_lambda.h"

#include <utility>
#include <vector>

#include "services/cloudwatch/series.h"

namespace everseal::app {
namespace {

using Dimensions = std::vector<cloudwatch::Dimension>;

cloudwatch::Series series_of(const lambda::Function& function, const std::string& metric,
                             Dimensions dimensions) {
  cloudwatch::Series series{function.account, function.region, "AWS/Lambda", metric,
                            std::move(dimensions)};
  series.unit = metric == "Duration" ? "Milliseconds" : "Count";
  return series;
}

// Of the function: by its name, by what was asked for, and by the version that an alias led to.
std::vector<Dimensions> dimensions_of(const lambda::Function& function) {
  const cloudwatch::Dimension name{"FunctionName", function.name};
  const auto& qualifier = function.qualifier;
  const cloudwatch::Dimension resource{
      "Resource", qualifier.empty() ? function.name : function.name + ":" + qualifier};
  std::vector<Dimensions> all{{name}, {name, resource}};
  if (!qualifier.empty() && qualifier != function.version)
    all.push_back({{"ExecutedVersion", function.version}, name, resource});
  return all;
}

}  // namespace

void MetricsOfLambda::record(const lambda::Function& function, const std::string& metric,
                             double value) const {
  recorder_.record(series_of(function, metric, {}), value);
  for (auto& dimensions : dimensions_of(function))
    recorder_.record(series_of(function, metric, std::move(dimensions)), value);
}

void MetricsOfLambda::ran(const lambda::Function& function, const lambda::runtime::Ran& ran) {
  record(function, "Invocations", 1);
  // Nought too, so that the average is the share that failed.
  record(function, "Errors", ran.failed ? 1 : 0);
  record(function, "Throttles", 0);
  record(function, "Duration", ran.took);
  recorder_.record(series_of(function, "ConcurrentExecutions", {}),
                   static_cast<double>(ran.at_once));
  recorder_.record(series_of(function, "ConcurrentExecutions", {{"FunctionName", function.name}}),
                   static_cast<double>(ran.of_function_at_once));
}

void MetricsOfLambda::throttled(const lambda::Function& function) {
  record(function, "Throttles", 1);
}

}  // namespace everseal::app
