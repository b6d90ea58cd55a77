#pragma once

#include <string_view>
#include <vector>

#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/elbv2/enums.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

// What listeners and rules do with a request.
namespace everseal::elbv2 {

// The actions as they are kept and shown: what was left out is filled in.
// InvalidLoadBalancerAction: one that Everseal does not have; one without what it needs, or with
// what belongs to another. TooManyActions: more than one. TargetGroupNotFound.
// TargetGroupAssociationLimit: another load balancer uses the group. IncompatibleProtocols: gRPC
// behind plain HTTP.
Result<std::vector<shapes::Action>, ApiError> completed(sql::Snapshot& view, const aws::Call& call,
                                                        std::string_view load_balancer_arn,
                                                        Protocol listener_protocol,
                                                        const std::vector<shapes::Action>& said);

// Once they are kept. TooManyUniqueTargetGroupsPerLoadBalancer: it forwards to more than 100.
// TooManyTargets: these have more than 1000.
Result<void, ApiError> check_load(sql::Snapshot& view, std::string_view load_balancer_arn);

}  // namespace everseal::elbv2
