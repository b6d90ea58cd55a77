#pragma once

#include <string>

#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/endpoint/authorizer.h"
#include "result/result.h"
#include "services/s3/object_store.h"
#include "services/s3/values/checksum.h"

namespace everseal::s3 {

// The object that a request is to make, as far as its headers tell: bucket, key, stored headers,
// ACL and tags. InvalidURI, KeyTooLongError; what headers_to_store, wanted_acl and read_tagging
// refuse; AccessDenied: who tags needs s3:PutObjectTagging, too.
Result<Object, ApiError> described_object(const aws::endpoint::Authorizer& authorizer,
                                          const aws::Call& call, const std::string& bucket,
                                          const std::string& key, const HeaderMap& headers);

}  // namespace everseal::s3
