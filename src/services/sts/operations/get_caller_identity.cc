#include "services/sts/operations/get_caller_identity.h"

namespace everseal::sts {

aws::Access GetCallerIdentity::access(const Request& /*request*/, const aws::Call& /*call*/) const {
  return aws::unrestricted();
}

Result<GetCallerIdentity::Response, ApiError> GetCallerIdentity::operator()(
    const Request& /*request*/, const aws::Call& call) const {
  return Response{call.caller.user_id, call.caller.account, call.caller.arn};
}

}  // namespace everseal::sts
