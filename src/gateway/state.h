#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "gateway/listener.h"
#include "gateway/target_group.h"

namespace everseal::gateway {

enum class ForwardedFor { Append, Preserve, Remove };  // what becomes of X-Forwarded-For

struct LoadBalancer {
  std::string id = {};  // at most 512 printable octets
  std::chrono::seconds idle_timeout{60};
  bool http2 = true;
  bool preserve_host = false;  // else the listener's port stands in Host unless it is 80 or 443
  ForwardedFor forwarded_for = ForwardedFor::Append;
  bool forwarded_client_port = false;
  bool tls_headers = false;  // see TlsHeaders
  // Headers of requests whose names have anything but letters, digits and hyphens go no further.
  bool drops_invalid_headers = false;
  std::vector<Listener> listeners = {};

  friend bool operator==(const LoadBalancer&, const LoadBalancer&) = default;
};

// Whom clients must come from.
struct TrustStore {
  std::string id = {};  // at most 512 printable octets
  std::string
      bundle;  // PEM: CAs, roots and intermediates; each is an anchor. Empty: nobody gets in

  friend bool operator==(const TrustStore&, const TrustStore&) = default;
};

// All that a gateway should do. Ids are unique among things of one kind. Private keys and what is
// revoked are not part of it: see Gateway.
struct State {
  std::vector<LoadBalancer> load_balancers = {};
  std::vector<TargetGroup> target_groups = {};
  std::vector<TrustStore> trust_stores = {};

  friend bool operator==(const State&, const State&) = default;
};

}  // namespace everseal::gateway
