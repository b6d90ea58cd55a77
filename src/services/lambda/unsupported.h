#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "aws/api_error.h"
#include "aws/fields.h"
#include "result/result.h"

// What a client may wish for that is not there. To leave it out in silence would let somebody rely
// on it; empty wishes, which some tools write, are none.
namespace everseal::lambda::unsupported {

struct VpcConfig {
  std::vector<std::string> subnet_ids;
  std::vector<std::string> security_group_ids;
  static constexpr auto fields =
      std::tuple{aws::optional("SubnetIds", &VpcConfig::subnet_ids),
                 aws::optional("SecurityGroupIds", &VpcConfig::security_group_ids)};
};

// InvalidParameterValueException: there is such a wish.
Result<void, ApiError> refuse(const std::vector<std::string>& layers,
                              const std::optional<VpcConfig>& network);

}  // namespace everseal::lambda::unsupported
