#pragma once

#include <string>
#include <vector>

#include "gateway/listener.h"
#include "result/result.h"

// What clients are told besides what a target says.
namespace everseal::gateway::haproxy {

// Lines of a frontend. Malformed: the name of no header, or a value that cannot be.
Result<std::vector<std::string>> response_lines(const Listener& listener);

}  // namespace everseal::gateway::haproxy
