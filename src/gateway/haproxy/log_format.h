#pragma once

#include <string>
#include <string_view>
#include <vector>

// How HAProxy is told to write what log_line.h reads.
namespace everseal::gateway::haproxy {

// HAProxy inherits a pipe under this number: see log_pipe.h. Unlike a socket, which takes no more
// than net.unix.max_dgram_qlen (often 10) datagrams before it is read and is gone with who reads,
// it keeps a thousand lines and outlives its reader. A line is written as a whole or not at all, if
// it has no more octets than this, its end included (PIPE_BUF); it is cut there.
inline constexpr int log_descriptor = 3;
inline constexpr int longest_log_line = 4096;

// For the section `global`.
std::string log_target();

// For a frontend. What is the same for all requests of a connection is found out once.
struct LoggingLines {
  std::vector<std::string> session;   // behind what refuses connections
  std::vector<std::string> content;   // before what refuses requests
  std::vector<std::string> refusal;   // behind that: sess.refused is set, and nothing rejected yet
  std::vector<std::string> requests;  // first of http-request and http-response
  std::vector<std::string> formats;
};
LoggingLines logging_lines(bool has_tls);

}  // namespace everseal::gateway::haproxy
