#pragma once

#include <sys/types.h>

namespace everseal::bench {

// Processor time that all threads of a process have used so far, in microseconds. Beside a client
// that wants the same two cores this tells more than what the clock on the wall does.
double processor_time(pid_t process);

}  // namespace everseal::bench
