#pragma once

#include <string_view>

#include "gateway/state.h"
#include "result/result.h"

namespace everseal::gateway::haproxy {

// Whether HAProxy can listen where this asks it to, apart from where it listens already by the
// configuration that is in force. For a port that somebody else has, a reload would refuse every
// second connection for two seconds, while it asks the old worker to make room. Conflict: it could
// not for half a second, in HAProxy's words.
Outcome check_new_ports(const State& desired, std::string_view configuration_in_force);

}  // namespace everseal::gateway::haproxy
