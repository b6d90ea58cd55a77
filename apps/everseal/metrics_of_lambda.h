#pragma once

#include <string>

#include "services/cloudwatch/recorder.h"
#include "services/lambda/meter.h"

namespace everseal::app {

// AWS/Lambda: what functions do, by each of the sets of dimensions that Lambda has.
class MetricsOfLambda final : public lambda::Meter {
 public:
  explicit MetricsOfLambda(cloudwatch::Recorder& recorder) : recorder_(recorder) {}

  void ran(const lambda::Function& function, const lambda::runtime::Ran& ran) override;
  void throttled(const lambda::Function& function) override;

 private:
  void record(const lambda::Function& function, const std::string& metric, double value) const;

  cloudwatch::Recorder& recorder_;
};

}  // namespace everseal::app
