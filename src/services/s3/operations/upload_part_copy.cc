#include "services/s3/operations/upload_part_copy.h"

#include <utility>

#include "encoding/hex.h"
#include "services/s3/copy_source.h"
#include "services/s3/object_headers.h"
#include "services/s3/parts.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"
#include "services/s3/values/header_values.h"

namespace everseal::s3 {

aws::Access UploadPartCopy::access(const Request& request, const aws::Call&) const {
  return {.action = "s3:PutObject", .resources = {object_arn(request.bucket, request.key)}};
}

Result<UploadPartCopy::Response, ApiError> UploadPartCopy::operator()(const Request& request,
                                                                      const aws::Call& call) const {
  const UploadName named{request.bucket, request.key, request.upload_id};
  const auto upload = open_upload(database, named);
  if (!upload) return upload.error();
  const auto source =
      read_copy_source(value_in(request.headers, std::string(source_header)).value_or(""));
  if (!source) return source.error();
  auto opened = open_copy_source(database, files, authorizer, call, *source, request.headers);
  if (!opened) return opened.error();
  auto body = IncomingBody::begin(files, {}, kept_of(*upload));
  if (!body) return body.error();
  if (auto moved = pour(*opened->octets, **body); !moved) return moved.error();
  auto received = (*body)->finish();
  if (!received) return received.error();
  const FileRow part{.id = received->file->name(),
                     .part = request.part_number,
                     .size = received->file->size(),
                     .etag = encoding::to_hex(received->md5),
                     .checksum = received->checksum.text(),
                     .modified_at = clock.now()};
  if (auto added = add_part(database, files, named, part); !added) return added.error();
  received->file->keep();
  return Response{.etag = quoted_etag(part.etag),
                  .modified_at = part.modified_at,
                  .headers = {{"x-amz-server-side-encryption", "AES256"}}};
}

}  // namespace everseal::s3
