#pragma once

#include "clock/clock.h"
#include "configuration.h"
#include "foundation.h"
#include "log/log.h"
#include "random/random.h"

namespace everseal::app {

// What every part of the program works with; all of it outlives the program.
struct Surroundings {
  const Foundation& foundation;
  const Clock& clock;        // the domain's: what time it is for certificates and jobs
  ManualClock* moved_clock;  // the same, if it is virtual; else null
  const WallClock& wall;     // what clients sign by
  Random& random;
  Log& log;
  const Configuration& configuration;
};

}  // namespace everseal::app
