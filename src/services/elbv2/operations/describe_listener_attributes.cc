#include "services/elbv2/operations/describe_listener_attributes.h"

namespace everseal::elbv2 {

Result<AttributesAnswer, ApiError> DescribeListenerAttributes::operator()(
    const Request& request, const aws::Call& call) const {
  return AttributeBook::of_listeners(database).describe(call, request.listener_arn);
}

}  // namespace everseal::elbv2
