#include "services/s3/operations/put_object.h"

#include <utility>

#include "services/s3/bucket_store.h"
#include "services/s3/description.h"
#include "services/s3/incoming_body.h"
#include "services/s3/object_headers.h"
#include "services/s3/object_store.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/conditions.h"
#include "services/s3/writing.h"

namespace everseal::s3 {
namespace {

using Upload = aws::endpoint::Upload<PutObject::Response>;

class Putting final : public Upload {
 public:
  Putting(const PutObject& operation, Object object, Conditions conditions,
          std::unique_ptr<IncomingBody> body)
      : database_(operation.database),
        writing_{operation.files, operation.random, operation.clock},
        object_(std::move(object)),
        conditions_(std::move(conditions)),
        body_(std::move(body)) {}

  Result<void, ApiError> write(ByteView piece) override { return body_->write(piece); }
  Result<void, ApiError> take_trailers(const http::Headers& trailers) override {
    return body_->take_trailers(trailers);
  }

  Result<PutObject::Response, ApiError> finish() override {
    auto received = body_->finish();
    if (!received) return received.error();
    auto wanted = received_object(std::move(object_), *received);
    wanted.conditions = std::move(conditions_);
    const auto written = write_object(database_, writing_, wanted);
    if (!written) return written.error();
    received->file->keep();
    auto headers = written_headers(written->object, written->versioning);
    add_checksum(headers, written->object);
    return PutObject::Response{std::move(headers)};
  }

 private:
  sql::Database& database_;
  Writing writing_;
  Object object_;
  Conditions conditions_;
  std::unique_ptr<IncomingBody> body_;
};

}  // namespace

aws::Access PutObject::access(const Request& request, const aws::Call&) const {
  return aws::on(object_arn(request.bucket, request.key));
}

Result<std::unique_ptr<Upload>, ApiError> PutObject::open(const Request& request,
                                                          const aws::Call& call) const {
  auto object = described_object(authorizer, call, request.bucket, request.key, request.headers);
  if (!object) return object.error();
  const auto bucket =
      database.read([&](sql::Snapshot& view) { return require_bucket(view, request.bucket); });
  if (!bucket) return bucket.error();
  auto body = IncomingBody::begin(files, request.headers);
  if (!body) return body.error();
  return std::unique_ptr<Upload>(std::make_unique<Putting>(
      *this, *std::move(object), write_conditions(request.headers), *std::move(body)));
}

}  // namespace everseal::s3
