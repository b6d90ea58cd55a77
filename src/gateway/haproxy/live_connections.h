#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "gateway/haproxy/mutual_tls.h"
#include "gateway/haproxy/revocations.h"
#include "gateway/state.h"

// Who is connected, as HAProxy's tables `live` and `live_paths` have it.
namespace everseal::gateway::haproxy {

// "192.0.2.1:5555" of a line in which " src=192.0.2.1:5555 " stands, by the name " src="; empty:
// it does not.
std::string_view value_in(std::string_view line, std::string_view name);

// What refuses clients that were let in before: keys of a trust store that are new.
class NewlyRefused {
 public:
  // `revoked` are all of the store, and `keys` must outlive this.
  NewlyRefused(const std::vector<std::string>& keys, const Revocations& revoked,
               const TrustStore& store);
  // Where those come from that a table tells of: "192.0.2.1:5555".
  std::unordered_set<std::string> peers_in(const std::string& table) const;

 private:
  bool has_any_of(std::string_view certificates) const;
  bool has(const std::string& key) const { return keys_.contains(key) || fallen_.contains(key); }

  std::unordered_set<std::string_view> keys_;
  std::set<std::string> fallen_;
  IssuerNames names_;
};

}  // namespace everseal::gateway::haproxy
