#include "services/s3/operations/put_public_access_block.h"

#include "aws/protocol/read.h"
#include "aws/protocol/restxml.h"
#include "services/s3/bucket_access.h"
#include "services/s3/checked_body.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

using Operation = PutPublicAccessBlock;

Result<PublicAccessBlock, ApiError> wanted_block(const Bytes& body) {
  const auto document =
      aws::protocol::parse_xml(as_text(body), aws::protocol::shape_of<Operation::Configuration>);
  if (!document) return malformed_xml();
  const auto wanted =
      aws::protocol::read<Operation::Configuration>(*document, aws::Protocol::RestXml);
  if (!wanted) return malformed_xml();
  return PublicAccessBlock{
      .block_public_acls = wanted->block_public_acls.value_or(false),
      .ignore_public_acls = wanted->ignore_public_acls.value_or(false),
      .block_public_policy = wanted->block_public_policy.value_or(false),
      .restrict_public_buckets = wanted->restrict_public_buckets.value_or(false)};
}

}  // namespace

aws::Access PutPublicAccessBlock::access(const Request& request, const aws::Call&) const {
  return {.action = "s3:PutBucketPublicAccessBlock", .resources = {bucket_arn(request.bucket)}};
}

Result<aws::Empty, ApiError> PutPublicAccessBlock::operator()(const Request& request,
                                                              const aws::Call& call) const {
  const auto body = request.body.value_or(Bytes());
  if (auto same = check_body(request.headers, body); !same) return same.error();
  const auto wanted = wanted_block(body);
  if (!wanted) return wanted.error();
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto rules = require_own_access(tx, request.bucket, call);
    if (!rules) return rules.error();
    const auto set = set_public_access_block(tx, request.bucket, *wanted);
    if (!set) return set.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::s3
