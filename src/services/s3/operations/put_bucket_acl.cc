#include "services/s3/operations/put_bucket_acl.h"

#include "services/s3/acl.h"
#include "services/s3/grants.h"
#include "services/s3/values/bucket_name.h"

namespace everseal::s3 {

aws::Access PutBucketAcl::access(const Request& request, const aws::Call&) const {
  return aws::on(bucket_arn(request.bucket));
}

Result<aws::Empty, ApiError> PutBucketAcl::operator()(const Request& request) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto rules = require_acls(tx, request.bucket);
    if (!rules) return rules.error();
    const auto acl = acl_in_request(request.headers, request.body, rules->account);
    if (!acl) return acl.error();
    if (auto fine = check_acl(*acl, *rules); !fine) return fine.error();
    if (auto set = set_bucket_acl(tx, request.bucket, *acl); !set) return set.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::s3
