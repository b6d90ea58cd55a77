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

struct DeadLetterConfig {
  std::string target_arn;
  static constexpr auto fields =
      std::tuple{aws::optional("TargetArn", &DeadLetterConfig::target_arn)};
};

struct VpcConfig {
  std::vector<std::string> subnet_ids;
  std::vector<std::string> security_group_ids;
  static constexpr auto fields =
      std::tuple{aws::optional("SubnetIds", &VpcConfig::subnet_ids),
                 aws::optional("SecurityGroupIds", &VpcConfig::security_group_ids)};
};

struct Destination {
  std::string destination;
  static constexpr auto fields =
      std::tuple{aws::optional("Destination", &Destination::destination)};
};

struct DestinationConfig {
  std::optional<Destination> on_success;
  std::optional<Destination> on_failure;
  static constexpr auto fields =
      std::tuple{aws::optional("OnSuccess", &DestinationConfig::on_success),
                 aws::optional("OnFailure", &DestinationConfig::on_failure)};
};

// InvalidParameterValueException: there is such a wish.
Result<void, ApiError> refuse(const std::vector<std::string>& layers,
                              const std::optional<DeadLetterConfig>& dead_letters,
                              const std::optional<VpcConfig>& network);
Result<void, ApiError> refuse(const std::optional<DestinationConfig>& destinations);

}  // namespace everseal::lambda::unsupported
