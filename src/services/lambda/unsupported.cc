#include "services/lambda/unsupported.h"

#include "services/lambda/errors.h"

namespace everseal::lambda::unsupported {

Result<void, ApiError> refuse(const std::vector<std::string>& layers,
                              const std::optional<VpcConfig>& network) {
  if (!layers.empty()) return invalid("Layers are not supported by Everseal.");
  if (network && !(network->subnet_ids.empty() && network->security_group_ids.empty())) {
    return invalid("Networks of functions are not supported by Everseal.");
  }
  return {};
}

}  // namespace everseal::lambda::unsupported
