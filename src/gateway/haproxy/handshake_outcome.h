#pragma once

#include "gateway/haproxy/log_line.h"
#include "gateway/log_record.h"

namespace everseal::gateway::haproxy {

// What came of the handshake that a line tells of, at a listener with or without TLS.
Handshake handshake_of(const LogLine& line, bool has_tls);

}  // namespace everseal::gateway::haproxy
