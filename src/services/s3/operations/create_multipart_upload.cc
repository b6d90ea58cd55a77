#include "services/s3/operations/create_multipart_upload.h"

#include "services/s3/bucket_store.h"
#include "services/s3/description.h"
#include "services/s3/upload_store.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"
#include "services/s3/values/header_values.h"
#include "services/s3/writing.h"

namespace everseal::s3 {
namespace {

struct Kind {
  std::string algorithm;
  std::string type;
};

// What the client wants to be told of the whole: a checksum of the parts' checksums unless it says
// otherwise; of CRC64NVME there is only that of the whole.
Result<Kind, ApiError> checksum_kind(const HeaderMap& headers) {
  const auto wanted = value_in(headers, "x-amz-checksum-algorithm").value_or("");
  auto type = value_in(headers, "x-amz-checksum-type").value_or("");
  if (wanted.empty()) {
    if (type.empty()) return Kind{};
    return invalid_request(
        "The x-amz-checksum-type header can only be used with the "
        "x-amz-checksum-algorithm header.");
  }
  const auto algorithm = checksum_algorithm(wanted);
  if (!algorithm) {
    return invalid_request(
        "Checksum algorithm provided is unsupported. Please try again with any "
        "of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
  }
  const bool only_whole = *algorithm == ChecksumAlgorithm::Crc64Nvme;
  if (type.empty()) type = only_whole ? "FULL_OBJECT" : "COMPOSITE";
  const bool known = type == "FULL_OBJECT" || type == "COMPOSITE";
  const bool possible = type == "FULL_OBJECT" ? is_crc(*algorithm) : !only_whole;
  if (!known || !possible) {
    return invalid_request("The " + type + " checksum type cannot be used with the " +
                           std::string(name_of(*algorithm)) + " checksum algorithm.");
  }
  return Kind{std::string(name_of(*algorithm)), type};
}

}  // namespace

aws::Access CreateMultipartUpload::access(const Request& request, const aws::Call&) const {
  return {.action = "s3:PutObject", .resources = {object_arn(request.bucket, request.key)}};
}

Result<CreateMultipartUpload::Response, ApiError> CreateMultipartUpload::operator()(
    const Request& request, const aws::Call& call) const {
  const auto object =
      described_object(authorizer, call, request.bucket, request.key, request.headers);
  if (!object) return object.error();
  const auto kind = checksum_kind(request.headers);
  if (!kind) return kind.error();
  const PartedUpload upload{.id = new_id(random),
                            .bucket = request.bucket,
                            .key = request.key,
                            .checksum_algorithm = kind->algorithm,
                            .checksum_type = kind->type,
                            .headers = object->headers,
                            .created_at = clock.now(),
                            .acl = object->acl,
                            .tagging = object->tagging};
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto bucket = require_bucket(tx, request.bucket);
    if (!bucket) return bucket.error();
    if (auto added = add_upload(tx, upload); !added) return added.error();
    Response response{
        .bucket = upload.bucket, .key = upload.key, .upload_id = upload.id, .headers = {}};
    response.headers["x-amz-server-side-encryption"] = "AES256";
    if (!kind->algorithm.empty()) {
      response.headers["x-amz-checksum-algorithm"] = kind->algorithm;
      response.headers["x-amz-checksum-type"] = kind->type;
    }
    return response;
  });
}

}  // namespace everseal::s3
