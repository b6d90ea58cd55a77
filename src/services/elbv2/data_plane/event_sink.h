#pragma once

#include <string>
#include <vector>

#include "aws/document.h"
#include "result/result.h"

namespace everseal::elbv2::data_plane {

// What operators should hear of.
struct Event {
  std::string type;                    // "Everseal Gateway Died"
  std::vector<std::string> resources;  // ARNs of one account and region, at least one
  aws::Document::Members detail;
};

// Given by EventBridge. Thread-safe.
class EventSink {
 public:
  virtual ~EventSink() = default;
  // Durable when it returns.
  virtual Outcome tell(const Event& event) = 0;
};

}  // namespace everseal::elbv2::data_plane
