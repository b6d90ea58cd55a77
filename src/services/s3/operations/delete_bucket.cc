#include "services/s3/operations/delete_bucket.h"

#include "services/s3/bucket_store.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {

aws::Access DeleteBucket::access(const Request& request, const aws::Call&) const {
  return aws::on(bucket_arn(request.bucket));
}

Result<aws::Empty, ApiError> DeleteBucket::operator()(const Request& request) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto bucket = require_bucket(tx, request.bucket);
    if (!bucket) return bucket.error();
    const auto removed = remove_bucket(tx, request.bucket);
    if (!removed && removed.error().kind == Fault::Kind::Conflict) {
      return bucket_not_empty(request.bucket);
    }
    if (!removed) return removed.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::s3
