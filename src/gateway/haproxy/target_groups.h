#pragma once

#include <string>
#include <vector>

#include "gateway/target_group.h"
#include "result/result.h"

namespace everseal::gateway::haproxy {

// Whether there is a second backend with the same targets, all taken for healthy.
bool fails_open(const TargetGroup& group);
std::string open_backend_of(std::string_view target_group);

// Its backend, and the one that takes all for healthy if there is one: sections with their titles.
Result<std::string> write_target_group(const TargetGroup& group);

}  // namespace everseal::gateway::haproxy
