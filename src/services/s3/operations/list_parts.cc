#include "services/s3/operations/list_parts.h"

#include <algorithm>

#include "services/s3/object_headers.h"
#include "services/s3/upload_store.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

constexpr std::int64_t page_size = 1000;

struct Found {
  PartedUpload upload;
  std::vector<FileRow> parts;
};

}  // namespace

aws::Access ListParts::access(const Request& request, const aws::Call&) const {
  return {.action = "s3:ListMultipartUploadParts",
          .resources = {object_arn(request.bucket, request.key)}};
}

Result<ListParts::Response, ApiError> ListParts::operator()(const Request& request,
                                                            const aws::Call& call) const {
  const auto most = std::clamp<std::int64_t>(request.max_parts.value_or(page_size), 1, page_size);
  const auto after = request.part_number_marker.value_or(0);
  const auto found = database.read([&](sql::Snapshot& view) -> Result<Found, ApiError> {
    const auto bucket = require_bucket(view, request.bucket);
    if (!bucket) return bucket.error();
    const auto upload = find_upload(view, request.upload_id, request.bucket, request.key);
    if (!upload) return upload.error();
    if (!*upload) return no_such_upload(request.upload_id);
    const auto parts = files_of(view, request.upload_id, after, most + 1);
    if (!parts) return parts.error();
    return Found{**upload, *parts};
  });
  if (!found) return found.error();
  Response response;
  response.bucket = request.bucket;
  response.key = request.key;
  response.upload_id = request.upload_id;
  response.part_number_marker = after;
  response.max_parts = most;
  response.owner = {call.caller.account};
  if (!found->upload.checksum_algorithm.empty()) {
    response.checksum_algorithm = found->upload.checksum_algorithm;
    response.checksum_type = found->upload.checksum_type;
  }
  for (const auto& part : found->parts) {
    response.is_truncated = static_cast<std::int64_t>(response.parts.size()) == most;
    if (response.is_truncated) break;
    response.parts.push_back({part.part, part.modified_at, quoted_etag(part.etag),
                              static_cast<std::int64_t>(part.size)});
  }
  if (response.is_truncated) response.next_part_number_marker = response.parts.back().part_number;
  return response;
}

}  // namespace everseal::s3
