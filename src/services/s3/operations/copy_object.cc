#include "services/s3/operations/copy_object.h"

#include <utility>

#include "encoding/hex.h"
#include "encoding/utf8.h"
#include "services/s3/copy_source.h"
#include "services/s3/description.h"
#include "services/s3/incoming_body.h"
#include "services/s3/object_headers.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"
#include "services/s3/values/header_values.h"
#include "services/s3/writing.h"

namespace everseal::s3 {
namespace {

using Operation = CopyObject;

// COPY, unless the client says REPLACE.
Result<bool, ApiError> replaces(const HeaderMap& headers, const std::string& name) {
  const auto directive = value_in(headers, name).value_or("");
  if (!directive.empty() && directive != "COPY" && directive != "REPLACE") {
    return invalid_argument(name, directive, "Unknown directive.");
  }
  return directive == "REPLACE";
}

// The object that is to be: what the request describes, or what the source was described as.
Result<Object, ApiError> copied_object(const Operation::Request& request, const CopySource& source,
                                       Object described, const Object& copied) {
  const auto other_headers = replaces(request.headers, "x-amz-metadata-directive");
  if (!other_headers) return other_headers.error();
  const auto other_tags = replaces(request.headers, "x-amz-tagging-directive");
  if (!other_tags) return other_tags.error();
  const bool onto_itself = source.bucket == request.bucket && source.key == request.key;
  if (onto_itself && !source.version_id && !*other_headers) {
    return invalid_request(
        "This copy request is illegal because it is trying to copy an object to itself without "
        "changing the object's metadata, storage class, website redirect location or encryption "
        "attributes.");
  }
  if (!*other_headers) described.headers = copied.headers;
  if (!*other_tags) described.tagging = copied.tagging;
  return described;
}

// What the copy is summed up with.
HeaderMap checksum_wish(const Operation::Request& request, const Object& copied) {
  auto algorithm = value_in(request.headers, "x-amz-checksum-algorithm").value_or("");
  if (algorithm.empty()) algorithm = copied.checksum_algorithm;
  if (algorithm.empty()) return {};
  return {{"x-amz-sdk-checksum-algorithm", algorithm}};
}

}  // namespace

aws::Access CopyObject::access(const Request& request, const aws::Call&) const {
  return {.action = "s3:PutObject", .resources = {object_arn(request.bucket, request.key)}};
}

Result<CopyObject::Response, ApiError> CopyObject::operator()(const Request& request,
                                                              const aws::Call& call) const {
  auto described = described_object(authorizer, call, request.bucket, request.key, request.headers);
  if (!described) return described.error();
  const auto source =
      read_copy_source(value_in(request.headers, std::string(source_header)).value_or(""));
  if (!source) return source.error();
  auto opened = open_copy_source(database, files, authorizer, call, *source, request.headers);
  if (!opened) return opened.error();
  const auto& copied = opened->seen.object;
  if (copied.size > most_octets) return entity_too_large(copied.size);
  auto object = copied_object(request, *source, *std::move(described), copied);
  if (!object) return object.error();
  auto body = IncomingBody::begin(files, checksum_wish(request, copied));
  if (!body) return body.error();
  if (auto moved = pour(*opened->octets, **body); !moved) return moved.error();
  auto received = (*body)->finish();
  if (!received) return received.error();
  NewObject wanted = received_object(*std::move(object), *received);
  wanted.conditions = write_conditions(request.headers);
  const auto written = write_object(database, {files, random, clock}, wanted);
  if (!written) return written.error();
  received->file->keep();
  Response response{.etag = quoted_etag(written->object.etag),
                    .modified_at = written->object.modified_at,
                    .headers = written_headers(written->object, written->versioning)};
  response.headers.erase("ETag");
  if (opened->seen.bucket.versioning != Bucket::Versioning::Never) {
    response.headers["x-amz-copy-source-version-id"] = copied.version_id;
  }
  return response;
}

}  // namespace everseal::s3
