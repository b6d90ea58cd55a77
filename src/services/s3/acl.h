#pragma once

#include <string_view>

#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/endpoint/authorizer.h"
#include "result/result.h"
#include "services/s3/bucket_access.h"
#include "services/s3/values/checksum.h"

namespace everseal::s3 {

// What x-amz-acl or x-amz-grant-* ask for of a new object; Private, if they do not. AccessDenied:
// who names one needs s3:PutObjectAcl, too. Otherwise as acl_in_headers.
Result<Acl, ApiError> wanted_acl(const aws::endpoint::Authorizer& authorizer, const aws::Call& call,
                                 const HeaderMap& headers, std::string_view object_arn);

// What a bucket where ACLs count says. NoSuchBucket; AccessControlListNotSupported: none count.
Result<BucketAccess, ApiError> require_acls(sql::Snapshot& view, std::string_view bucket);

// Whether something may have that ACL where these rules are.
// AccessControlListNotSupported: no ACLs count there; AccessDenied: BlockPublicAcls.
Result<void, ApiError> check_acl(Acl acl, const BucketAccess& rules);

// Whether the ACL lets everybody read, where these rules are.
bool opens_to_everybody(Acl acl, const BucketAccess& rules);

}  // namespace everseal::s3
