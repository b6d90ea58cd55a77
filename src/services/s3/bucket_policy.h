#pragma once

#include <string_view>

#include "aws/api_error.h"
#include "aws/policy/evaluate.h"
#include "result/result.h"

namespace everseal::s3 {

// The policy of a bucket, understood.
struct BucketPolicy {
  aws::policy::SharedPolicy rules;
  // It allows something to everybody, and no condition limits that to fixed accounts, principals,
  // sources, addresses or networks.
  bool is_public = false;
};

// MalformedPolicy: more than 20 KB, not of the policy language, or about what is not in this
// bucket.
Result<BucketPolicy, ApiError> read_policy(std::string_view json, std::string_view bucket);

}  // namespace everseal::s3
