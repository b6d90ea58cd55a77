#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace everseal::gateway {

// Where requests go.
struct Target {
  std::string id = {};  // at most 512 printable octets
  std::string address;  // IPv4 or IPv6 without brackets
  std::uint16_t port = 0;
  // Takes no new requests; those that run go on until it is left out of the state.
  bool draining = false;

  friend bool operator==(const Target&, const Target&) = default;
};

enum class TargetProtocol { Http, Https };  // Https: the target's certificate is not judged
enum class Balancing { RoundRobin, LeastOutstandingRequests, Random };

struct HealthCheck {
  bool enabled = true;
  TargetProtocol protocol = TargetProtocol::Http;
  std::uint16_t port = 0;  // 0: the target's own
  std::string path = "/";
  std::chrono::seconds interval{30};
  std::chrono::seconds timeout{5};
  unsigned rise = 5;  // checks that must pass in a row before it is healthy again
  unsigned fall = 2;
  // Status codes that pass, each range with both ends: 200-299.
  std::vector<std::pair<int, int>> codes = {{200, 200}};

  friend bool operator==(const HealthCheck&, const HealthCheck&) = default;
};

// Targets that can stand in for each other. While none of them is healthy all of them are used.
struct TargetGroup {
  std::string id = {};  // at most 512 printable octets
  TargetProtocol protocol = TargetProtocol::Http;
  Balancing balancing = Balancing::RoundRobin;
  HealthCheck health_check = {};
  // By a cookie of the gateway's own, AWSALB; 0: none.
  std::chrono::seconds stickiness{0};
  // In which a target that has become healthy again gets more and more requests, up to its share;
  // in turn only (RoundRobin).
  std::chrono::seconds slow_start{0};
  std::vector<Target> targets = {};

  friend bool operator==(const TargetGroup&, const TargetGroup&) = default;
};

}  // namespace everseal::gateway
