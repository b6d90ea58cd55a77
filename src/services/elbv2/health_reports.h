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

// What those who check the targets have found out. Thread-safe.
class HealthReports {
 public:
  virtual ~HealthReports() = default;
  // Nothing: it has not been checked yet.
  virtual std::optional<Health> of(std::string_view target_group_arn,
                                   const Target& target) const = 0;
};

}  // namespace everseal::elbv2
