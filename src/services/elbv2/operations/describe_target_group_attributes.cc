#include "services/elbv2/operations/describe_target_group_attributes.h"

namespace everseal::elbv2 {

Result<AttributesAnswer, ApiError> DescribeTargetGroupAttributes::operator()(
    const Request& request, const aws::Call& call) const {
  return AttributeBook::of_target_groups(database).describe(call, request.target_group_arn);
}

}  // namespace everseal::elbv2
