#include "services/s3/acl.h"

#include <string>
#include <utility>

#include "aws/access.h"
#include "services/s3/grants.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {

Result<Acl, ApiError> wanted_acl(const aws::endpoint::Authorizer& authorizer, const aws::Call& call,
                                 const HeaderMap& headers, std::string_view object_arn) {
  const auto acl = acl_in_headers(headers, call.caller.account);
  if (!acl) return acl.error();
  if (!*acl) return Acl::Private;
  aws::Access access = aws::on(std::string(object_arn));
  access.context = {{"s3:x-amz-acl", {std::string(text_of(**acl))}}};
  const auto denied = authorizer.authorize(call, "s3:PutObjectAcl", access);
  if (!denied) return denied.error();
  if (*denied) return ApiError("AccessDenied", 403, (*denied)->message);
  return **acl;
}

Result<BucketAccess, ApiError> require_acls(sql::Snapshot& view, std::string_view bucket) {
  auto rules = find_access(view, bucket);
  if (!rules) return rules.error();
  if (!*rules) return no_such_bucket(bucket);
  if ((*rules)->ownership == Ownership::BucketOwnerEnforced) return acl_not_supported();
  return **std::move(rules);
}

Result<void, ApiError> check_acl(Acl acl, const BucketAccess& rules) {
  if (acl != Acl::PublicRead) return {};
  if (rules.ownership == Ownership::BucketOwnerEnforced) return acl_not_supported();
  if (rules.block.block_public_acls) return public_acl_blocked();
  return {};
}

bool opens_to_everybody(Acl acl, const BucketAccess& rules) {
  return acl == Acl::PublicRead && rules.ownership != Ownership::BucketOwnerEnforced &&
         !rules.block.ignore_public_acls;
}

}  // namespace everseal::s3
