#include "services/s3/operations/put_object_acl.h"

#include "services/s3/acl.h"
#include "services/s3/grants.h"
#include "services/s3/outside_deliveries.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/visibility.h"

namespace everseal::s3 {

aws::Access PutObjectAcl::access(const Request& request, const aws::Call&) const {
  aws::Access access{.action = request.version_id ? "s3:PutObjectVersionAcl" : "s3:PutObjectAcl",
                     .resources = {object_arn(request.bucket, request.key)}};
  const auto named = request.headers.find("x-amz-acl");
  if (named != request.headers.end()) access.context = {{"s3:x-amz-acl", {named->second}}};
  return access;
}

Result<aws::Empty, ApiError> PutObjectAcl::operator()(const Request& request,
                                                      const aws::Call& call) const {
  auto done = database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto rules = require_acls(tx, request.bucket);
    if (!rules) return rules.error();
    const auto acl = acl_in_request(request.headers, request.body, rules->account);
    if (!acl) return acl.error();
    if (auto fine = check_acl(*acl, *rules); !fine) return fine.error();
    const auto object = require_object(tx, request.bucket, request.key, request.version_id);
    if (!object) return object.error();
    if (auto set = set_object_acl(tx, *object, *acl); !set) return set.error();
    const auto promised = promise_delivery(tx, request.bucket, request.key, clock.now());
    if (!promised) return promised.error();
    return aws::Empty{};
  });
  if (!done) return as_told(done.error(), authorizer, call, request.bucket);
  return done;
}

}  // namespace everseal::s3
