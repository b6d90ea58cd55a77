#pragma once

#include <string_view>

namespace everseal::gateway::haproxy {

// What HAProxy calls, in Lua: the action mtls_remember and the fetch mtls_chain.
std::string_view chain_script();

}  // namespace everseal::gateway::haproxy
