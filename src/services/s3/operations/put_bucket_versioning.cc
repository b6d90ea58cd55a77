#include "services/s3/operations/put_bucket_versioning.h"

#include "aws/protocol/read.h"
#include "aws/protocol/restxml.h"
#include "services/s3/bucket_store.h"
#include "services/s3/checked_body.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

using Operation = PutBucketVersioning;

Result<Bucket::Versioning, ApiError> wanted_versioning(const Bytes& body) {
  const auto document =
      aws::protocol::parse_xml(as_text(body), aws::protocol::shape_of<Operation::Configuration>);
  if (!document) return malformed_xml();
  const auto wanted =
      aws::protocol::read<Operation::Configuration>(*document, aws::Protocol::RestXml);
  if (!wanted) return malformed_xml();
  if (wanted->mfa_delete.value_or("Disabled") != "Disabled") return not_implemented("x-amz-mfa");
  for (const auto versioning : {Bucket::Versioning::Enabled, Bucket::Versioning::Suspended}) {
    if (wanted->status == text_of(versioning)) return versioning;
  }
  return malformed_xml();
}

}  // namespace

aws::Access PutBucketVersioning::access(const Request& request, const aws::Call&) const {
  return aws::on(bucket_arn(request.bucket));
}

Result<aws::Empty, ApiError> PutBucketVersioning::operator()(const Request& request) const {
  const auto body = request.body.value_or(Bytes());
  if (auto same = check_body(request.headers, body); !same) return same.error();
  const auto wanted = wanted_versioning(body);
  if (!wanted) return wanted.error();
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto bucket = require_bucket(tx, request.bucket);
    if (!bucket) return bucket.error();
    if (auto set = set_versioning(tx, request.bucket, *wanted); !set) return set.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::s3
