#pragma once

#include <string_view>

#include "result/result.h"

// What came of a client's handshake, in the words of a load balancer's connection log.
namespace everseal::gateway::haproxy {

// The line that HAProxy writes to Settings::log_socket, without its end:
//   connection <words>  a connection that failed before its first request
//   request <words>     a request that ended, or was refused
// Words are joined by blanks; each is "name=value", with "-" or nothing where there is no value:
//   listener (HAProxy's name of it), tid (of the connection; none if its handshake failed), client
//   ("192.0.2.1:4711"), version, cipher, handshake_ms, refused (what the gateway itself refused it
//   for), fc_err, hs_err, c_err, ca_err (HAProxy's and OpenSSL's errors), serial, not_before,
//   not_after, status (of HTTP; -1: none), state (HAProxy's termination state), and at the end
//   subject, in quotes.
// What a client chose, its subject, cannot be taken for another word: it comes last.
// The value of a word; empty if there is none.
std::string_view word_of(std::string_view line, std::string_view name);

// "Success", "Failed:ClientCertCrlHit" and so on; "-" if the client was not asked for a certificate
// or the line says nothing of it. Malformed: not such a line.
Result<std::string_view> verify_status(std::string_view line);

}  // namespace everseal::gateway::haproxy
