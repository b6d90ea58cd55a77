#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "services/lambda/sandbox/orders.h"
#include "services/lambda/sandbox/sandbox.h"

namespace everseal::lambda::sandbox {

// bubblewrap's command line: what a sandbox consists of. `control` is the number of the socket that
// the first process is told its orders on; `shown` holds that program as well.
std::vector<std::string> bubblewrap_command(const Settings& settings, const Limits& limits,
                                            const std::vector<Shown>& shown, int control);

inline constexpr const char* first_process_path = "/run/everseal/first-process";

}  // namespace everseal::lambda::sandbox
