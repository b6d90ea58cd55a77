#pragma once

#include <memory>

#include "gateway/gateway.h"
#include "result/result.h"
#include "surroundings.h"

namespace everseal::app {

// HAProxy, as it is configured, to carry out load balancers. Unavailable: it is not installed, or
// its folder cannot be used.
Result<std::unique_ptr<gateway::Gateway>> open_gateway(const Surroundings& around);

}  // namespace everseal::app
