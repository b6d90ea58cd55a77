#pragma once

#include <string>
#include <vector>

#include "gateway/gateway.h"
#include "result/result.h"

namespace everseal::gateway::haproxy {

// What HAProxy's "show stat" (CSV with a title line) says of the targets of a group, in the order
// of the group. A target that it says nothing of is Initial.
Result<std::vector<TargetHealth>> read_health(const TargetGroup& group, const std::string& csv);

}  // namespace everseal::gateway::haproxy
