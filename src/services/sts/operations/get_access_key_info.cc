#include "services/sts/operations/get_access_key_info.h"

#include <utility>

namespace everseal::sts {
namespace {

ApiError unknown_key() {
  return {"ValidationError", 400, "The access key belongs to no account of this server."};
}

}  // namespace

aws::Access GetAccessKeyInfo::access(const Request& /*request*/, const aws::Call& /*call*/) const {
  return aws::on_anything();
}

Result<GetAccessKeyInfo::Response, ApiError> GetAccessKeyInfo::operator()(
    const Request& request) const {
  auto account = accounts(request.access_key_id);
  if (!account) return account.error();
  if (!*account) return unknown_key();
  return Response{**std::move(account)};
}

}  // namespace everseal::sts
