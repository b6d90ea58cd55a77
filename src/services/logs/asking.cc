#include "services/logs/asking.h"

#include "services/logs/errors.h"

namespace everseal::logs {

Result<GroupName, ApiError> asked_group(const std::optional<std::string>& name,
                                        const std::optional<std::string>& identifier,
                                        const aws::Call& call) {
  if (name && identifier) {
    return invalid("LogGroup name and LogGroup ARN are mutually exclusive parameters.");
  }
  if (name) return own_group(call, *name);
  if (!identifier)
    return invalid("Exactly one of logGroupName and logGroupIdentifier is required.");
  const auto found = name_in(*identifier, call);
  if (!found) return found.error();
  return own_group(call, *found);
}

}  // namespace everseal::logs
