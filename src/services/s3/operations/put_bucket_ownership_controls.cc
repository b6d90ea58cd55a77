#include "services/s3/operations/put_bucket_ownership_controls.h"

#include "aws/protocol/read.h"
#include "aws/protocol/restxml.h"
#include "services/s3/bucket_access.h"
#include "services/s3/checked_body.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

using Operation = PutBucketOwnershipControls;

Result<Ownership, ApiError> wanted_ownership(const Bytes& body) {
  const auto document =
      aws::protocol::parse_xml(as_text(body), aws::protocol::shape_of<Operation::Configuration>);
  if (!document) return malformed_xml();
  const auto wanted =
      aws::protocol::read<Operation::Configuration>(*document, aws::Protocol::RestXml);
  if (!wanted || wanted->rules.size() != 1) return malformed_xml();
  const auto ownership = ownership_in(wanted->rules.front().object_ownership);
  if (!ownership) return malformed_xml();
  return *ownership;
}

}  // namespace

aws::Access PutBucketOwnershipControls::access(const Request& request, const aws::Call&) const {
  return aws::on(bucket_arn(request.bucket));
}

Result<aws::Empty, ApiError> PutBucketOwnershipControls::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  const auto body = request.body.value_or(Bytes());
  if (auto same = check_body(request.headers, body); !same) return same.error();
  const auto wanted = wanted_ownership(body);
  if (!wanted) return wanted.error();
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto rules = require_own_access(tx, request.bucket, call);
    if (!rules) return rules.error();
    if (*wanted == Ownership::BucketOwnerEnforced && rules->acl != Acl::Private) {
      return acl_on_enforced_ownership();
    }
    if (auto set = set_ownership(tx, request.bucket, *wanted); !set) return set.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::s3
