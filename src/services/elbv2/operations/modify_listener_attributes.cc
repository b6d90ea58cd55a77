#include "services/elbv2/operations/modify_listener_attributes.h"

namespace everseal::elbv2 {

aws::Access ModifyListenerAttributes::access(const Request& request, const aws::Call&) const {
  return AttributeBook::of_listeners(database).access(request.listener_arn);
}

Result<AttributesAnswer, ApiError> ModifyListenerAttributes::operator()(
    const Request& request, const aws::Call& call) const {
  return AttributeBook::of_listeners(database).modify(call, request.listener_arn,
                                                      request.attributes);
}

}  // namespace everseal::elbv2
