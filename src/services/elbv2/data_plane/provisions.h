#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/gateway.h"
#include "result/result.h"
#include "services/elbv2/data_plane/desired.h"
#include "services/elbv2/data_plane/in_force.h"
#include "services/elbv2/data_plane/revoked.h"
#include "services/elbv2/data_plane/surroundings.h"

namespace everseal::elbv2::data_plane {

// What a gateway needs for what it is to do: certificates with their keys, and who is revoked. What
// cannot be brought is told to the log, answered with false, and brought again by bring_missing.
// For one thread.
class Provisions {
 public:
  Provisions(const Surroundings& surroundings, gateway::Gateway& gateway, OutdatedLists outdated)
      : around_(surroundings), gateway_(gateway), outdated_(outdated) {}

  bool bring_missing(const Desired& desired);
  // Another stands behind the ARN. One that the gateway does not have is left to bring_missing.
  bool replace_certificate(const std::string& arn);
  // What changed of them.
  bool bring_revocations(const std::string& trust_store);
  // What nobody desires is kept as long as it is in force.
  void forget_unused(const Desired& desired, const InForce& in_force);

 private:
  bool bring_certificate(const std::string& arn);
  Outcome tell_revocations(const std::string& trust_store);
  Outcome tell_difference(const std::string& trust_store, const RevokedInStore& before,
                          const RevokedInStore& now);
  std::optional<Outcome> tell_newly_revoked(const std::string& trust_store, RevokedInStore& told);
  bool is_valid(const std::optional<RevokedInStore>& told) const;
  bool noted(const Outcome& outcome, std::string_view event, const std::string& about) const;

  const Surroundings& around_;
  gateway::Gateway& gateway_;
  const OutdatedLists outdated_;
  // By ARN; whether it is the one of now.
  std::map<std::string, bool> certificates_;
  // By trust store. Nothing: what it was told is not known for sure, and told as a whole again.
  std::map<std::string, std::optional<RevokedInStore>> revoked_;
};

}  // namespace everseal::elbv2::data_plane
