#pragma once

#include <functional>
#include <string>
#include <vector>

#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// Where a load balancer is said to stand. ValidationError: nowhere; subnets and mappings together;
// a mapping without a subnet; a subnet twice.
Result<Networking, ApiError> networking_of(const std::vector<std::string>& subnets,
                                           const std::vector<shapes::SubnetMapping>& mappings);

// Those that a request names in one way or the other.
std::vector<std::string> subnet_ids(const std::vector<std::string>& subnets,
                                    const std::vector<shapes::SubnetMapping>& mappings);

// The caller's load balancer after `change`, durable when answered. LoadBalancerNotFound.
Result<LoadBalancer, ApiError> change_networking(sql::Database& database, const aws::Call& call,
                                                 const std::string& arn,
                                                 const std::function<void(LoadBalancer&)>& change);

}  // namespace everseal::elbv2
