#pragma once

#include <map>
#include <string>
#include <string_view>

#include "gateway/gateway.h"
#include "gateway/state.h"

namespace everseal::elbv2::data_plane {

// Why load balancers, by ARN, do not do what they are told.
using Faults = std::map<std::string, std::string, std::less<>>;

// What a gateway does. One load balancer that cannot be carried out leaves the others alone: it
// goes on with what it did before. For one thread.
class InForce {
 public:
  explicit InForce(gateway::Gateway& gateway) : gateway_(gateway) {}
  Faults put(const gateway::State& desired);
  // Whether some listener of what it does verifies clients by that trust store.
  bool verifies_by(std::string_view trust_store) const;

 private:
  Faults put_one_by_one(const gateway::State& desired);

  gateway::Gateway& gateway_;
  gateway::State state_;  // the last that it took
};

}  // namespace everseal::elbv2::data_plane
