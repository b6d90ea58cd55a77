#include "services/elbv2/operations/describe_load_balancer_attributes.h"

namespace everseal::elbv2 {

Result<AttributesAnswer, ApiError> DescribeLoadBalancerAttributes::operator()(
    const Request& request, const aws::Call& call) const {
  return AttributeBook::of_load_balancers(database).describe(call, request.load_balancer_arn);
}

}  // namespace everseal::elbv2
