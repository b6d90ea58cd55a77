#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/elbv2/enums.h"
#include "services/elbv2/target_group_store.h"

namespace everseal::elbv2 {

struct Health {
  TargetState state = TargetState::Initial;
  std::optional<std::string> reason;       // "Target.ResponseCodeMismatch"; none if healthy
  std::optional<std::string> description;  // for people
};

// What those who carry out what is desired have found out. Thread-safe.
class Reports {
 public:
  virtual ~Reports() = default;
  // Why no load balancer can be carried out here; nothing: they can.
  virtual std::optional<std::string> hindrance() const = 0;
  // Why this one does not do all that it is told; nothing: it does, or will in a moment.
  virtual std::optional<std::string> fault_of(std::string_view load_balancer_arn) const = 0;
  // Nothing: it has not been checked yet.
  virtual std::optional<Health> health_of(std::string_view target_group_arn,
                                          const Target& target) const = 0;
};

}  // namespace everseal::elbv2
