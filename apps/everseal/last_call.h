#pragma once

#include <chrono>
#include <thread>

#include "clock/clock.h"

namespace everseal::app {

// Ends the process, with code 0, if it has not ended by itself in time: whatever was answered is on
// the disk by then, and jobs that did not end run again.
class LastCall {
 public:
  // `clock` dates the line that says so.
  LastCall(const Clock& clock, std::chrono::milliseconds time);

 private:
  std::jthread thread_;
};

}  // namespace everseal::app
