#include "services/s3/acl.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "aws/access.h"
#include "services/s3/errors.h"

namespace everseal::s3 {
namespace {

constexpr std::array<std::pair<Acl, std::string_view>, 3> texts{
    {{Acl::Private, "private"},
     {Acl::BucketOwnerFullControl, "bucket-owner-full-control"},
     {Acl::PublicRead, "public-read"}}};

}  // namespace

std::string_view text_of(Acl acl) {
  return std::ranges::find(texts, acl, &std::pair<Acl, std::string_view>::first)->second;
}

Acl acl_in(std::string_view text) {
  const auto* found = std::ranges::find(texts, text, &std::pair<Acl, std::string_view>::second);
  return found == texts.end() ? Acl::Private : found->first;
}

Result<Acl, ApiError> wanted_acl(const aws::endpoint::Authorizer& authorizer, const aws::Call& call,
                                 const HeaderMap& headers, std::string_view object_arn) {
  const bool grants = std::ranges::any_of(
      headers, [](const auto& header) { return header.first.starts_with("x-amz-grant-"); });
  if (grants) return acl_not_supported();
  const auto named = headers.find("x-amz-acl");
  if (named == headers.end() || named->second.empty()) return Acl::Private;
  const auto acl = acl_in(named->second);
  if (text_of(acl) != named->second) return acl_not_supported();
  aws::Access access = aws::on(std::string(object_arn));
  access.context = {{"s3:x-amz-acl", {named->second}}};
  const auto denied = authorizer.authorize(call, "s3:PutObjectAcl", access);
  if (!denied) return denied.error();
  if (*denied) return ApiError("AccessDenied", 403, (*denied)->message);
  return acl;
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
