#include "services/lambda/unsupported.h"

#include "services/lambda/errors.h"

namespace everseal::lambda::unsupported {

Result<void, ApiError> refuse(const std::vector<std::string>& layers,
                              const std::optional<DeadLetterConfig>& dead_letters,
                              const std::optional<VpcConfig>& network) {
  if (!layers.empty()) return invalid("Layers are not supported by Everseal.");
  if (dead_letters && !dead_letters->target_arn.empty()) {
    return invalid("Dead letters of functions are not supported by Everseal.");
  }
  if (network && !(network->subnet_ids.empty() && network->security_group_ids.empty())) {
    return invalid("Networks of functions are not supported by Everseal.");
  }
  return {};
}

Result<void, ApiError> refuse(const std::optional<DestinationConfig>& destinations) {
  const auto is_wished = [](const std::optional<Destination>& to) {
    return to && !to->destination.empty();
  };
  if (destinations && (is_wished(destinations->on_success) || is_wished(destinations->on_failure)))
    return invalid("Destinations of functions are not supported by Everseal.");
  return {};
}

}  // namespace everseal::lambda::unsupported
