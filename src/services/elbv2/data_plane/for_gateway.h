#pragma once

#include <string>
#include <string_view>

#include "gateway/state.h"
#include "services/elbv2/desired_state.h"

// What is desired, in the gateway's terms. Ids are ARNs; a target's is its address and port.
namespace everseal::elbv2::data_plane {

gateway::LoadBalancer for_gateway(const DesiredLoadBalancer& desired);
gateway::TargetGroup for_gateway(const DesiredTargetGroup& desired);
gateway::Rule for_gateway(const Rule& rule);
gateway::Action for_gateway(const shapes::Action& action);

// The usual one if there is none of this name any more.
gateway::TlsPolicy tls_policy(std::string_view name);

std::string target_id(const Target& target);  // "192.0.2.1:8080", "[2001:db8::1]:8080"

}  // namespace everseal::elbv2::data_plane
