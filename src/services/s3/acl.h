#pragma once

#include <string_view>

#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/endpoint/authorizer.h"
#include "result/result.h"
#include "services/s3/bucket_access.h"
#include "services/s3/checksum.h"

namespace everseal::s3 {

// Who may do what with an object, besides what policies say: the canned ACLs that are kept. All but
// PublicRead give nothing to anybody but the owner of the bucket.
enum class Acl { Private, BucketOwnerFullControl, PublicRead };

std::string_view text_of(Acl acl);  // "public-read"
Acl acl_in(std::string_view text);  // Private, if it is none of them

// What x-amz-acl asks for of an object. AccessControlListNotSupported: x-amz-grant-*, an ACL that
// is not kept. AccessDenied: who names one needs s3:PutObjectAcl, too.
Result<Acl, ApiError> wanted_acl(const aws::endpoint::Authorizer& authorizer, const aws::Call& call,
                                 const HeaderMap& headers, std::string_view object_arn);

// Whether an object with that ACL may be put where these rules are.
// AccessControlListNotSupported: no ACLs count there; AccessDenied: BlockPublicAcls.
Result<void, ApiError> check_acl(Acl acl, const BucketAccess& rules);

// Whether the ACL lets everybody read, where these rules are.
bool opens_to_everybody(Acl acl, const BucketAccess& rules);

}  // namespace everseal::s3
