#include "services/s3/operations/put_object_tagging.h"

#include "aws/protocol/read.h"
#include "aws/protocol/restxml.h"
#include "services/s3/checked_body.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"
#include "services/s3/visibility.h"

namespace everseal::s3 {
namespace {

using Operation = PutObjectTagging;

Result<std::vector<Tag>, ApiError> wanted_tags(const Bytes& body) {
  const auto document =
      aws::protocol::parse_xml(as_text(body), aws::protocol::shape_of<Operation::Tagging>);
  if (!document) return malformed_xml();
  const auto wanted = aws::protocol::read<Operation::Tagging>(*document, aws::Protocol::RestXml);
  if (!wanted) return malformed_xml();
  if (auto fine = check_tags(wanted->tag_set); !fine) return fine.error();
  return wanted->tag_set;
}

}  // namespace

aws::Access PutObjectTagging::access(const Request& request, const aws::Call&) const {
  return {.action = request.version_id ? "s3:PutObjectVersionTagging" : "s3:PutObjectTagging",
          .resources = {object_arn(request.bucket, request.key)}};
}

Result<aws::Empty, ApiError> PutObjectTagging::operator()(const Request& request,
                                                          const aws::Call& call) const {
  const auto body = request.body.value_or(Bytes());
  if (auto same = check_body(request.headers, body); !same) return same.error();
  const auto tags = wanted_tags(body);
  if (!tags) return tags.error();
  const auto set =
      tag(database, {request.bucket, request.key, request.version_id}, to_tagging(*tags));
  if (!set) return as_told(set.error(), authorizer, call, request.bucket);
  return aws::Empty{};
}

}  // namespace everseal::s3
