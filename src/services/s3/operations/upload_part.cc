#include "services/s3/operations/upload_part.h"

#include <utility>

#include "encoding/hex.h"
#include "services/s3/incoming_body.h"
#include "services/s3/object_headers.h"
#include "services/s3/parts.h"
#include "services/s3/values/bucket_name.h"

namespace everseal::s3 {
namespace {

using Upload = aws::endpoint::Upload<UploadPart::Response>;

class Adding final : public Upload {
 public:
  Adding(const UploadPart& operation, UploadPart::Request request,
         std::unique_ptr<IncomingBody> body)
      : operation_(operation), request_(std::move(request)), body_(std::move(body)) {}

  Result<void, ApiError> write(ByteView piece) override { return body_->write(piece); }
  Result<void, ApiError> take_trailers(const http::Headers& trailers) override {
    return body_->take_trailers(trailers);
  }

  Result<UploadPart::Response, ApiError> finish() override {
    auto received = body_->finish();
    if (!received) return received.error();
    const FileRow part{.id = received->file->name(),
                       .part = request_.part_number,
                       .size = received->file->size(),
                       .etag = encoding::to_hex(received->md5),
                       .checksum = received->checksum.text(),
                       .modified_at = operation_.clock.now()};
    const auto added = add_part(operation_.database, operation_.files,
                                {request_.bucket, request_.key, request_.upload_id}, part);
    if (!added) return added.error();
    received->file->keep();
    return UploadPart::Response{
        {{"ETag", quoted_etag(part.etag)},
         {"x-amz-server-side-encryption", "AES256"},
         {std::string(header_of(received->checksum.algorithm)), part.checksum}}};
  }

 private:
  UploadPart operation_;
  UploadPart::Request request_;
  std::unique_ptr<IncomingBody> body_;
};

}  // namespace

aws::Access UploadPart::access(const Request& request, const aws::Call&) const {
  return {.action = "s3:PutObject", .resources = {object_arn(request.bucket, request.key)}};
}

Result<std::unique_ptr<Upload>, ApiError> UploadPart::open(const Request& request,
                                                           const aws::Call&) const {
  const auto upload = open_upload(database, {request.bucket, request.key, request.upload_id});
  if (!upload) return upload.error();
  auto body = IncomingBody::begin(files, request.headers, kept_of(*upload));
  if (!body) return body.error();
  return std::unique_ptr<Upload>(std::make_unique<Adding>(*this, request, *std::move(body)));
}

}  // namespace everseal::s3
