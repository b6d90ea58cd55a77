#include "services/elbv2/operations/modify_target_group_attributes.h"

namespace everseal::elbv2 {

aws::Access ModifyTargetGroupAttributes::access(const Request& request, const aws::Call&) const {
  return AttributeBook::of_target_groups(database).access(request.target_group_arn);
}

Result<AttributesAnswer, ApiError> ModifyTargetGroupAttributes::operator()(
    const Request& request, const aws::Call& call) const {
  return AttributeBook::of_target_groups(database).modify(call, request.target_group_arn,
                                                          request.attributes);
}

}  // namespace everseal::elbv2
