#pragma once

#include "services/lambda/function.h"
#include "services/lambda/runtime/event.h"

namespace everseal::lambda {

// Who counts what functions do. Given by whoever keeps metrics. Thread-safe.
class Meter {
 public:
  virtual ~Meter() = default;
  // It ran to its end, well or not.
  virtual void ran(const Function& function, const runtime::Ran& ran) = 0;
  // It did not, as too many run.
  virtual void throttled(const Function& function) = 0;
};

}  // namespace everseal::lambda
