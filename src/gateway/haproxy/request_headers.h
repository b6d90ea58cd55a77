#pragma once

#include <string>
#include <vector>

#include "gateway/listener.h"
#include "gateway/state.h"

// What targets are told of a request and of who sent it, besides mutual TLS: lines of a frontend.
namespace everseal::gateway::haproxy {

// Which request this is, in txn.traced: before all others, as the log tells it of each request.
std::vector<std::string> tracing_lines();
// For requests that are forwarded.
std::vector<std::string> forwarding_lines(const LoadBalancer& balancer, const Listener& listener);

}  // namespace everseal::gateway::haproxy
