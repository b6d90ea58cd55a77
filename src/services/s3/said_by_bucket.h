#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/policy/evaluate.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::s3 {

// What a bucket, and the object in it that is asked about, say of who may do what.
struct SaidByBucket {
  std::string account;                      // whose bucket it is
  aws::policy::SharedPolicy policy{};       // of the bucket; none: it says nothing
  bool only_for_own_account = false;        // the policy is public, and RestrictPublicBuckets is on
  std::vector<std::string> open_actions{};  // what an ACL that counts lets everybody do
};

// For "arn:aws:s3:::bucket" and "arn:aws:s3:::bucket/key". Nothing: it is no ARN of these, or there
// is no such bucket. Broken: the policy that is stored cannot be read.
Result<std::optional<SaidByBucket>> said_by_bucket(sql::Database& database,
                                                   std::string_view resource);

}  // namespace everseal::s3
