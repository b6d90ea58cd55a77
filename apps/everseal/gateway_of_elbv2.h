#pragma once

#include <filesystem>
#include <memory>

#include "configuration.h"
#include "gateway/gateway.h"
#include "gateway/haproxy/haproxy_gateway.h"
#include "log/log.h"
#include "result/result.h"

namespace everseal::app {

// How HAProxy carries out the load balancers of a server with that data. It goes on while the
// server is restarted; that of an ephemeral server (an empty path) ends with it.
gateway::haproxy::Settings gateway_settings(const Configuration& configuration,
                                            const std::filesystem::path& data);

// Unavailable: HAProxy is not installed, or its folder cannot be used.
Result<std::unique_ptr<gateway::Gateway>> open_gateway(
    gateway::haproxy::Settings settings, Log& log,
    gateway::haproxy::HaproxyGateway::TellDeath tell_death);

}  // namespace everseal::app
