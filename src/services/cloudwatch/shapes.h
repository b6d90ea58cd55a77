#pragma once

#include <string>
#include <tuple>
#include <vector>

#include "aws/fields.h"
#include "services/cloudwatch/series.h"

// Structures that several operations have.
namespace everseal::cloudwatch::shapes {

struct Metric {
  std::string name_space;
  std::string metric_name;
  std::vector<Dimension> dimensions;
  friend bool operator==(const Metric&, const Metric&) = default;
  static constexpr auto fields =
      std::tuple{aws::required("Namespace", &Metric::name_space, aws::length(1, 255)),
                 aws::required("MetricName", &Metric::metric_name, aws::length(1, 255)),
                 aws::always("Dimensions", &Metric::dimensions, aws::length(0, 30))};
};

}  // namespace everseal::cloudwatch::shapes
