#pragma once

#include <string>
#include <vector>

#include "services/lambda/function.h"
#include "services/lambda/runtime/doors.h"
#include "services/lambda/settings.h"

// The process of a function, as its sandbox begins it.
namespace everseal::lambda {

std::vector<std::string> command_of(const Function& function, const Settings& settings);
// A user's variable of the same name comes later and counts, where Lambda lets it.
std::vector<std::string> environment_of(const Function& function, const std::string& log_stream,
                                        const runtime::Doors* doors);

}  // namespace everseal::lambda
