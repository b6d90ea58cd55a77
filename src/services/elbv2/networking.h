#pragma once

#include <string>
#include <vector>

#include "aws/api_error.h"
#include "result/result.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/shapes.h"

namespace everseal::elbv2 {

// Where a load balancer is said to stand. ValidationError: nowhere; subnets and mappings together;
// a mapping without a subnet; a subnet twice.
Result<Networking, ApiError> networking_of(const std::vector<std::string>& subnets,
                                           const std::vector<shapes::SubnetMapping>& mappings);

// Those that a request names in one way or the other.
std::vector<std::string> subnet_ids(const std::vector<std::string>& subnets,
                                    const std::vector<shapes::SubnetMapping>& mappings);

}  // namespace everseal::elbv2
