#pragma once

#include <sys/socket.h>

#include <atomic>

// For the tests of this folder: calls to HAProxy that fail as those to a socket do where too many
// wait. Who makes them is in takeover_kill_test.cc.
namespace everseal::gateway::haproxy {

// Which one from now on fails; 0: none, or it has failed.
inline std::atomic<int> call_to_fail = 0;

inline bool is_call_to_fail(sa_family_t family) {
  return family == AF_UNIX && call_to_fail > 0 && --call_to_fail == 0;
}

}  // namespace everseal::gateway::haproxy
